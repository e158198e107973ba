"""Views of the staff side. Every one asks for the ticket through `Ticket.objects.visible_to(user)`."""

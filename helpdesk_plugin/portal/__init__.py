"""What the public sees: filing, receipt, tracker, catalogue, SOP. Translates; every change is a service's."""

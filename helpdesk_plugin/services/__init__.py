"""One function per act of the SOP. Every change of a ticket goes through one of these.

submission    submit_ticket, resubmit_ticket                                  S1
intake        triage_ticket, return_ticket, reject_ticket, merge_ticket       S2
disposition   dispose_ticket, examine_ticket, send_back; start_ahead,
              dispose_late, examine_late                                      S3, S4
handling      verify_ticket, diagnose_ticket, resolve_ticket, holds           S5 – S7
closure       inform_ticket, confirm_ticket, report_not_fixed, close_ticket,
              reopen_ticket, cancel_ticket                                    S8 – S10
conversation  reply, note, progress, attach, answer                           S2b
amendment     amend_ticket, recount_ticket
calendar_changes  which deadlines a changed calendar would move; counting the chosen ones again
holiday_import    the holidays of a year, compared and added
upkeep        warnings and reminders that fall due, silence that ends a wait
"""

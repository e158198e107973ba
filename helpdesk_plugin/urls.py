"""Addresses of the public help desk; the site mounts them before Wagtail's own.

`/` of the mount point is left to Wagtail: the agency words that page itself (HelpDeskPage).
"""

from django.urls import path

from helpdesk_plugin.portal import actions, downloads, keeping, receipt, report, standards, track

app_name = "helpdesk"

urlpatterns = [
    path("lapor/", report.report, name="report"),
    path("ajukan/", report.request_service, name="request"),
    path("simpan/", keeping.keep, name="keep"),
    path("lacak/", track.track, name="track"),
    path("katalog/", standards.catalogue, name="catalogue"),
    path("sop/", standards.sop, name="sop"),
    # The agency makes its codes up, and a stroke may be in one.
    path("katalog/<path:code>/", standards.service_standard, name="standard"),
    path("privasi/", standards.privacy, name="privacy"),
    path("t/<str:number>/<str:token>/", track.link, name="link"),
    path("tiket/<str:number>/", track.ticket, name="ticket"),
    path("tiket/<str:number>/tanda-terima/", receipt.receipt, name="receipt"),
    path("tiket/<str:number>/selesai/", track.forget, name="forget"),
    path("tiket/<str:number>/berkas/<int:pk>/", downloads.attachment, name="attachment"),
    path("tiket/<str:number>/<slug:slug>/", actions.act, name="act"),
]

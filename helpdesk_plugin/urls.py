"""Addresses of the public help desk; the site mounts them before Wagtail's own."""

from django.urls import path

from helpdesk_plugin.portal import (
    actions,
    agency_tickets,
    downloads,
    entrance,
    helped,
    ikm,
    keeping,
    my_tickets,
    receipt,
    report,
    standards,
    survey,
    track,
)
from helpdesk_plugin.status import feeds, subscribe
from helpdesk_plugin.status import pages as status

app_name = "helpdesk"

urlpatterns = [
    path("", entrance.entrance, name="home"),
    path("lapor/", report.report, name="report"),
    path("ajukan/", report.request_service, name="request"),
    path("simpan/", keeping.keep, name="keep"),
    path("lacak/", track.track, name="track"),
    path("katalog/", standards.catalogue, name="catalogue"),
    path("sop/", standards.sop, name="sop"),
    # The agency makes its codes up, and a stroke may be in one.
    path("katalog/<path:code>/", standards.service_standard, name="standard"),
    path("artikel/<int:pk>/membantu/", helped.answer, name="helped"),
    path("privasi/", standards.privacy, name="privacy"),
    path("status/", status.index, name="status"),
    path("status/atom.xml", feeds.atom, name="status_atom"),
    path("status/rss.xml", feeds.rss, name="status_rss"),
    path("status/status.json", feeds.as_json, name="status_json"),
    path("status/<int:pk>/", status.notice, name="notice"),
    path("status/riwayat/<int:year>/<int:month>/", status.past, name="status_month"),
    path("status/langganan/", subscribe.ask, name="status_subscribe"),
    path("status/langganan/konfirmasi/<str:token>/", subscribe.confirm, name="status_confirm"),
    path("status/langganan/<str:token>/", subscribe.subscription, name="status_subscription"),
    path("status/langganan/<str:token>/berhenti/", subscribe.unsubscribe, name="status_unsubscribe"),
    path("survei/terima-kasih/", ikm.thanks, name="ikm_thanks"),
    path("survei/u/<str:token>/", ikm.invited, name="ikm_invited"),
    path("survei/<str:code>/", ikm.by_code, name="ikm_open"),
    path("t/<str:number>/<str:token>/", track.link, name="link"),
    path("t/<str:number>/<str:token>/survei/", survey.link, name="survey_link"),
    path("tiket-saya/", my_tickets.index, name="my_tickets"),
    path("tiket-saya/masuk/<str:token>/", my_tickets.enter, name="sign_in"),
    path("tiket-saya/keluar/", my_tickets.leave, name="sign_out"),
    path("tiket-saya/opd/<str:number>/", agency_tickets.ticket, name="agency_ticket"),
    path("tiket-saya/opd/<str:number>/balas/", agency_tickets.reply, name="agency_reply"),
    path("tiket-saya/<str:number>/", my_tickets.open_one, name="my_ticket"),
    path("tiket/<str:number>/", track.ticket, name="ticket"),
    path("tiket/<str:number>/tanda-terima/", receipt.receipt, name="receipt"),
    path("tiket/<str:number>/tanda-terima.pdf", receipt.receipt_pdf, name="receipt_pdf"),
    path("tiket/<str:number>/survei/", survey.survey, name="survey"),
    path("tiket/<str:number>/selesai/", track.forget, name="forget"),
    path("tiket/<str:number>/berkas/<int:pk>/", downloads.attachment, name="attachment"),
    path("tiket/<str:number>/<slug:slug>/", actions.act, name="act"),
]

"""The invented tickets: one in each part of the procedure, told over the last working days.

People, letters and addresses are invented. A moment is (working days ago, working minutes after opening);
the stories stand in the order of their filing, so that ticket numbers ascend with time.
"""

from helpdesk_plugin.demo import acts
from helpdesk_plugin.demo.story import Paper, Story
from helpdesk_plugin.domain.priorities import Alternative, Impact, Urgency, WhoAffected
from helpdesk_plugin.models import Channel, LetterNature, TicketKind, Verdict

#: The stories reach this many working days back.
WORKING_DAYS = 11

_SUBDOMAIN_LETTER = Paper(
    "surat-pengantar-subdomain.pdf",
    (
        "SURAT PENGANTAR (CONTOH)",
        "",
        "Nomor : 005/CONTOH/BAG-ORG",
        "Hal   : Permohonan subdomain",
        "",
        "Dengan hormat, kami mohon dibuatkan subdomain untuk survei",
        "kepuasan masyarakat. Surat ini contoh dan tidak berlaku.",
    ),
)
_ACCESS_POINT_LETTER = Paper(
    "surat-pengantar-wifi.pdf",
    (
        "SURAT PENGANTAR (CONTOH)",
        "",
        "Nomor : 012/CONTOH/DLH",
        "Hal   : Penambahan titik WiFi",
        "",
        "Dengan hormat, kami mohon penambahan dua titik WiFi di ruang",
        "pelayanan. Surat ini contoh dan tidak berlaku.",
    ),
)

STORIES: tuple[Story, ...] = (
    Story(
        service="INF-NET",
        opd="KEC-KTG",
        requester=("Marlina Tandang", "Seksi Pelayanan Umum", "+6281200000001"),
        summary="Internet kantor kecamatan putus sejak pagi",
        description="Semua komputer tidak terhubung. Lampu modem merah. Kabel sudah diperiksa.",
        at=(11, 20),
        alternative=Alternative.NO.value,
        then=(
            (11, 32, acts.triage(Impact.MEDIUM, Urgency.HIGH)),
            (11, 50, acts.dispose("Mohon segera ditangani.", nature=LetterNature.URGENT.value)),
            (11, 70, acts.examine("Berangkat hari ini bila perlu.")),
            (11, 85, acts.verify(Verdict.INFRASTRUCTURE.value)),
            (11, 90, acts.progress("Petugas memeriksa jalur dari Kasongan.")),
            (
                11,
                140,
                acts.diagnose(
                    "Lampu LOS pada modem merah", "Redaman serat optik diukur", "Kabel serat optik putus"
                ),
            ),
            (11, 150, acts.note("Cadangan konektor SC di gudang tinggal dua.")),
            (
                11,
                330,
                acts.resolve("Kabel serat optik disambung ulang dan diuji", parts="Konektor SC, 2 buah"),
            ),
            (11, 340, acts.inform("Internet kantor sudah pulih. Mohon diperiksa dan dikonfirmasi.")),
            (10, 25, acts.confirm("Sudah normal, terima kasih.")),
            (10, 35, acts.close()),
            (10, 50, acts.rate(4, "Cepat dan jelas kabarnya.")),
        ),
    ),
    Story(
        service="APL-WEB",
        opd="DISDIK",
        requester=("Yanto Simbolon", "Sekretariat, lantai 2", "+6281200000002"),
        summary="Tampilan situs dinas berantakan",
        description="Menu situs tidak tampil sejak kemarin. Alamat: https://disdik.example.go.id",
        at=(10, 60),
        then=(
            (10, 80, acts.triage(Impact.MEDIUM, Urgency.MEDIUM)),
            (10, 100, acts.dispose("Tindak lanjuti.")),
            (10, 125, acts.examine("")),
            (10, 150, acts.verify(Verdict.APPLICATION.value)),
            (
                9,
                30,
                acts.diagnose(
                    "Berkas gaya tidak termuat",
                    "Konsol peramban, catatan server",
                    "Tema rusak saat diperbarui",
                ),
            ),
            (9, 120, acts.resolve("Tema dikembalikan ke versi sebelumnya", outcome="temporary")),
            (9, 130, acts.inform("Tampilan situs sudah kembali. Pembaruan tema menyusul.")),
            (5, 200, acts.close()),
            (5, 230, acts.rate(3, "")),
        ),
    ),
    Story(
        service="INF-PC",
        opd="KESBANGPOL",
        requester=("Rudi Hartanto", "Bidang Politik Dalam Negeri", "+6281200000003"),
        summary="Printer pribadi tidak bisa mencetak",
        description="Printer milik sendiri, tidak terdaftar sebagai aset, macet saat mencetak.",
        at=(7, 45),
        who_affected=WhoAffected.ME.value,
        alternative=Alternative.YES.value,
        then=((7, 70, acts.reject("Perangkat pribadi bukan layanan dinas. Gunakan printer kantor.")),),
    ),
    Story(
        service="APL-SRK",
        opd="SETWAN",
        requester=("Elsye Nata", "Bagian Umum", "+6281200000004"),
        summary="SRIKANDI tidak dapat dibuka",
        description="Setelah masuk, halaman naskah keluar kosong. Dicoba di dua komputer.",
        at=(5, 30),
        then=(
            (5, 55, acts.triage(Impact.MEDIUM, Urgency.MEDIUM)),
            (5, 75, acts.dispose("Bantu sampai selesai.", instructions=("process", "coordinate"))),
            (5, 110, acts.examine("Koordinasikan dengan pengelola pusat.")),
            (5, 135, acts.verify(Verdict.APPLICATION.value)),
            (5, 200, acts.reply("Apakah semua pengguna di bagian Anda mengalami hal yang sama?")),
            (4, 20, acts.requester_replies("Ya, kelima pengguna mengalaminya.")),
            (
                4,
                90,
                acts.diagnose(
                    "Halaman naskah kosong", "Jaringan kantor normal", "Gangguan pada layanan pusat"
                ),
            ),
            (4, 100, acts.hold_for_third_party("Gangguan ada di layanan pusat dan sudah kami laporkan.")),
            (2, 200, acts.progress("Pengelola pusat menyatakan perbaikan sedang berlangsung.")),
        ),
    ),
    Story(
        service="INF-PNB",
        opd="DLH",
        kind=TicketKind.REQUEST.value,
        requester=("Siti Rahmah", "Sekretariat", "+6281200000005"),
        summary="Minta dua titik WiFi di ruang pelayanan",
        description="Ruang pelayanan belum terjangkau WiFi. Diperlukan dua titik untuk lima belas orang.",
        at=(4, 60),
        who_affected=WhoAffected.ROOM.value,
        alternative=Alternative.YES.value,
        letter_number="012/CONTOH/DLH",
        letter_subject="Penambahan titik WiFi",
        papers=(_ACCESS_POINT_LETTER,),
        then=((4, 95, acts.send_back("Denah lokasi belum dilampirkan. Gambar tangan pun boleh.")),),
    ),
    Story(
        service="INF-PC",
        opd="DINSOS",
        requester=("Agus Wijaya", "Bidang Rehabilitasi Sosial", "+6281200000006"),
        summary="Komputer pelayanan mati sendiri",
        description="Komputer loket mati setiap setengah jam. Sudah dipindah ke stopkontak lain.",
        at=(3, 40),
        who_affected=WhoAffected.ROOM.value,
        then=(
            (3, 65, acts.triage(Impact.LOW, Urgency.MEDIUM)),
            (3, 100, acts.dispose("Tindak lanjuti.")),
            (3, 130, acts.examine("")),
            (3, 160, acts.verify(Verdict.INFRASTRUCTURE.value)),
            (2, 30, acts.hold_for_requester("Mohon sebutkan nomor inventaris dan waktu kunjungan petugas.")),
        ),
    ),
    Story(
        service="INF-LAN",
        opd="DISDUKCAPIL",
        requester=("Wulan Sari", "Loket pelayanan, lantai 1", "+6281200000007"),
        summary="WiFi loket pelayanan sering terputus",
        description="WiFi di loket putus beberapa menit sekali sehingga antrean menumpuk.",
        at=(3, 90),
        who_affected=WhoAffected.PUBLIC.value,
        then=(
            (3, 100, acts.triage(Impact.HIGH, Urgency.MEDIUM)),
            (3, 120, acts.dispose("Pelayanan masyarakat, dahulukan.", nature=LetterNature.VERY_URGENT.value)),
            (3, 140, acts.examine("")),
            (3, 150, acts.verify(Verdict.INFRASTRUCTURE.value)),
            (
                3,
                240,
                acts.diagnose(
                    "Sinyal kuat, sambungan putus-putus", "Saluran WiFi dipindai", "Saluran berbenturan"
                ),
            ),
            (3, 300, acts.resolve("Saluran diganti; perangkat dipindah menjauhi gawai lain")),
            (1, 20, acts.inform("WiFi loket sudah stabil kemarin dan hari ini. Mohon dikonfirmasi.")),
        ),
    ),
    Story(
        service="INF-DNS",
        opd="BAG-ORGANISASI",
        kind=TicketKind.REQUEST.value,
        requester=("Dian Permatasari", "Subbagian Tata Laksana", "+6281200000008"),
        summary="Minta subdomain untuk survei kepuasan",
        description="Mohon dibuatkan subdomain survei.example.go.id untuk survei kepuasan masyarakat.",
        at=(2, 40),
        alternative=Alternative.YES.value,
        letter_number="005/CONTOH/BAG-ORG",
        letter_subject="Permohonan subdomain",
        papers=(_SUBDOMAIN_LETTER,),
        then=(
            (2, 65, acts.triage(Impact.LOW, Urgency.LOW)),
            (2, 110, acts.dispose("Setuju, proses.", agenda_number="CONTOH-17")),
            (2, 150, acts.examine("Pastikan penanggung jawabnya tercatat.")),
            (2, 180, acts.verify(Verdict.APPLICATION.value)),
            (1, 60, acts.diagnose("Nama belum terpakai", "Zona DNS diperiksa", "Permintaan baru")),
            (1, 75, acts.progress("Catatan DNS sedang disiapkan.")),
        ),
    ),
    Story(
        service="INF-PC",
        opd="BKAD",
        requester=("Hendra Kusuma", "Bidang Perbendaharaan", "+6281200000009"),
        summary="Komputer lambat setelah membuka lampiran email",
        description="Sejak membuka lampiran email, komputer lambat dan muncul jendela asing.",
        at=(1, 20),
        who_affected=WhoAffected.ME.value,
        alternative=Alternative.NO.value,
        then=(
            (1, 35, acts.triage(Impact.MEDIUM, Urgency.HIGH)),
            (1, 50, acts.dispose("Jangan sampai menyebar.", nature=LetterNature.SECRET.value)),
            (1, 65, acts.examine("Putuskan dari jaringan dahulu.")),
            (1, 80, acts.verify(Verdict.INFRASTRUCTURE.value, security=True)),
            (1, 90, acts.note("Komputer sudah diputus dari jaringan. Salinan lampiran disimpan terpisah.")),
            (
                1,
                200,
                acts.diagnose(
                    "Proses asing berjalan", "Pemindaian luring", "Perangkat lunak jahat dari lampiran"
                ),
            ),
        ),
    ),
    Story(
        service="INF-CTV",
        opd="DISHUBKAN",
        requester=("Teguh Prakoso", "Bidang Lalu Lintas", "+6281200000010"),
        summary="CCTV simpang pasar tidak menampilkan gambar",
        description="Titik simpang pasar gelap sejak hujan semalam.",
        at=(1, 60),
        alternative=Alternative.YES.value,
        channel=Channel.WHATSAPP.value,
        registered=True,
        then=(
            (1, 75, acts.triage(Impact.LOW, Urgency.MEDIUM)),
            (1, 105, acts.dispose("Tindak lanjuti.")),
            (1, 140, acts.examine("Bawa tangga dan alat ukur.")),
        ),
    ),
    Story(
        service="APL-SPD",
        opd="BAPPEDALITBANG",
        requester=("Lia Oktaviani", "Bidang Perencanaan", "+6281200000011"),
        summary="SIPD RI tidak dapat menyimpan rincian belanja",
        description="Tombol simpan berputar terus. Batas pengisian rincian belanja pekan ini.",
        at=(1, 260),
        alternative=Alternative.NO.value,
        then=((1, 275, acts.triage(Impact.MEDIUM, Urgency.HIGH)),),
    ),
    Story(
        service="INF-NET",
        opd="KEC-PML",
        requester=("Bayu Saputra", "Seksi Pemerintahan", "+6281200000012"),
        summary="Internet kantor lambat",
        description="Halaman web perlu semenit untuk terbuka. Lampu perangkat normal, kabel kencang.",
        at=(0, 12),
    ),
)

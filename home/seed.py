"""The first words of the site, in Indonesian: a start for the editors, who own every page once it exists.

Texts name no person and no agency; the agency's name and contacts are settings that the templates show.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from wagtail.models import Page

from .models import ContactPage, ContentPage, HomePage, NewsIndexPage, NewsPage


@dataclass(frozen=True)
class Seed:
    """One page to make: `key` is its lasting name in the setup's records and `parent` the key of its parent.

    `make(today)` builds the page; `today` is the date at the agency.
    """

    key: str
    parent: str
    make: Callable[[date], Page]


def home_page() -> HomePage:
    """The front page, not yet in the tree."""
    return HomePage(
        title="Beranda",
        slug="beranda",
        search_description="Layanan TIK untuk perangkat daerah Kabupaten Katingan.",
        welcome_heading="Layanan TIK untuk perangkat daerah",
        welcome_text=(
            "<p>Jaringan terputus, aplikasi bermasalah, atau perlu layanan baru? Sampaikan di sini. "
            "Setiap laporan "
            "mendapat nomor, ditangani menurut SOP, dan dapat Anda pantau sampai selesai.</p>"
        ),
        highlights_heading="Yang kami layani",
        highlights=[
            _highlight(
                "network",
                "Jaringan dan internet",
                "Internet kantor, WiFi, tautan antarkantor, titik jaringan baru.",
            ),
            _highlight(
                "application",
                "Situs dan aplikasi",
                "Situs perangkat daerah, portal kabupaten, dan aplikasi yang kami kelola.",
            ),
            _highlight(
                "mail", "Email dan akun dinas", "Akun baru, kata sandi, hak akses, dan sertifikat elektronik."
            ),
            _highlight(
                "server", "Server dan domain", "Hosting, ruang server, subdomain, serta sertifikat situs."
            ),
            _highlight(
                "shield",
                "Keamanan informasi",
                "Situs diretas, akun diambil alih, email penipuan, uji keamanan.",
            ),
            _highlight(
                "device", "Perangkat kerja", "Komputer, printer, dan pemindai dinas; dukungan rapat video."
            ),
        ],
    )


def _profile(today: date) -> ContentPage:
    return ContentPage(
        title="Profil",
        slug="profil",
        show_in_menus=True,
        search_description="Siapa kami, siapa yang kami layani, dan bagaimana kami bekerja.",
        intro=(
            "Kami mengurus komunikasi, informatika, persandian, dan statistik bagi Pemerintah "
            "Kabupaten Katingan, "
            "dan menjaga agar layanan TIK perangkat daerah berjalan."
        ),
        body=[
            _text(
                "<h2>Siapa yang kami layani</h2>"
                "<p>Kami melayani seluruh perangkat daerah Kabupaten Katingan: dari kantor di Kasongan "
                "sampai "
                "13 kecamatan, 154 desa, dan 7 kelurahan. Semua layanan TIK bagi perangkat daerah tidak "
                "dipungut "
                "biaya.</p>"
            ),
            _facts(
                "Bidang pekerjaan",
                (
                    "Infrastruktur",
                    "Jaringan dan internet kantor, pusat data, server, domain, dan perangkat jaringan.",
                ),
                (
                    "Aplikasi",
                    "Portal kabupaten, situs perangkat daerah, email dinas, dan aplikasi yang kami kelola.",
                ),
                ("Keamanan informasi", "Sertifikat elektronik, uji keamanan, dan penanganan insiden siber."),
                ("Komunikasi publik", "Informasi resmi pemerintah daerah bagi masyarakat."),
                ("Statistik sektoral", "Pengumpulan data perangkat daerah dan dukungan Satu Data."),
            ),
            _text(
                "<h2>Bagaimana kami bekerja</h2>"
                "<p>Laporan gangguan dan permintaan layanan ditangani menurut SOP penanganan gangguan "
                "TIK. Setiap "
                "laporan dicatat dengan nomor, diberi prioritas, didisposisikan, diperiksa, dipulihkan, "
                "lalu ditutup "
                "setelah pemohon mengonfirmasi. Setiap langkah tercatat dan dapat dilacak.</p>"
            ),
        ],
    )


def _structure(today: date) -> ContentPage:
    return ContentPage(
        title="Struktur organisasi",
        slug="struktur-organisasi",
        search_description="Peran yang terlibat dalam layanan TIK dan tanggung jawabnya.",
        intro="Peran yang Anda jumpai ketika laporan atau permintaan Anda ditangani.",
        body=[
            _facts(
                "",
                ("Kepala Dinas", "Memimpin dinas dan memberi disposisi atas permohonan yang masuk."),
                (
                    "Kepala Bidang TI",
                    "Memeriksa disposisi, menugaskan petugas, dan menerima laporan pemulihan.",
                ),
                (
                    "Pranata Komputer",
                    "Memverifikasi jenis gangguan, mendiagnosis, memulihkan layanan, dan menutup tiket.",
                ),
                (
                    "Technical Support",
                    "Menerima laporan, menetapkan prioritas, dan mengabarkan perkembangan kepada pemohon.",
                ),
            ),
            _callout("Susunan lengkap dinas mengikuti peraturan bupati yang berlaku."),
        ],
    )


def _standards(today: date) -> ContentPage:
    return ContentPage(
        title="Standar pelayanan",
        slug="standar-pelayanan",
        search_description="Hal yang dapat Anda harapkan dari layanan TIK kami.",
        intro="Hal yang dapat Anda harapkan dari kami, dan yang kami perlukan dari Anda.",
        body=[
            _text(
                "<h2>Yang dapat Anda harapkan</h2>"
                "<ul><li>Nomor tiket dan kode lacak segera setelah laporan terkirim.</li>"
                "<li>Kabar pada setiap perkembangan, dengan bahasa yang mudah dipahami.</li>"
                "<li>Target waktu menurut prioritas, dihitung pada jam layanan.</li>"
                "<li>Tiket ditutup setelah Anda menyatakan gangguan teratasi.</li></ul>"
                "<h2>Yang kami perlukan dari Anda</h2>"
                "<ul><li>Nama, perangkat daerah, serta nomor telepon atau WhatsApp yang dapat dihubungi.</li>"
                "<li>Uraian singkat: apa yang terjadi, sejak kapan, apa yang sudah dicoba.</li>"
                "<li>Surat pengantar pimpinan untuk permintaan layanan; untuk gangguan boleh "
                "menyusul.</li></ul>"
            ),
            _callout("Jangan mengirim kata sandi, NIK, atau data pribadi orang lain.", tone="warning"),
        ],
    )


def _news_index(today: date) -> NewsIndexPage:
    return NewsIndexPage(
        title="Berita/Pengumuman",
        slug="berita",
        show_in_menus=True,
        search_description="Kabar dan pengumuman tentang layanan TIK.",
        intro="Kabar dan pengumuman tentang layanan TIK bagi perangkat daerah.",
    )


def _news_how_to_report(today: date) -> NewsPage:
    return NewsPage(
        title="Gangguan TIK kini dilaporkan lewat Help Desk di situs ini",
        slug="gangguan-tik-kini-dilaporkan-lewat-help-desk",
        kind=NewsPage.Kind.ANNOUNCEMENT,
        date=today,
        intro=(
            "Pegawai perangkat daerah dapat melaporkan gangguan dan mengajukan permintaan layanan "
            "dari ponsel atau "
            "komputer, tanpa membuat akun."
        ),
        body=[
            _text(
                "<p>Pilih <b>Help Desk</b> pada menu, lalu <b>Laporkan gangguan</b> bila layanan yang "
                "biasanya "
                "berjalan berhenti atau melambat, atau <b>Ajukan permintaan</b> bila Anda memerlukan hal "
                "baru, "
                "perubahan, atau akses.</p>"
                "<h2>Setelah terkirim</h2>"
                "<ol><li>Anda menerima nomor tiket dan kode lacak. Simpan keduanya.</li>"
                "<li>Petugas memeriksa laporan dan menetapkan prioritas.</li>"
                "<li>Perkembangannya dapat Anda lihat kapan saja pada <b>Lacak tiket</b>.</li>"
                "<li>Bila layanan sudah pulih, kami meminta konfirmasi Anda sebelum tiket ditutup.</li></ol>"
                "<p>Laporan lewat telepon dan WhatsApp tetap dilayani; petugas mencatatnya atas nama "
                "Anda.</p>"
            )
        ],
    )


def _news_checks(today: date) -> NewsPage:
    return NewsPage(
        title="Lima pemeriksaan sebelum melaporkan internet mati",
        slug="lima-pemeriksaan-sebelum-melaporkan-internet-mati",
        date=today - timedelta(days=6),
        intro=(
            "Banyak gangguan internet berasal dari kabel yang longgar. Lima hal ini dapat Anda "
            "periksa sendiri dalam dua menit."
        ),
        body=[
            _text(
                "<ol><li>Apakah lampu perangkat menyala?</li>"
                "<li>Apakah kabel daya dan kabel LAN terpasang kencang?</li>"
                "<li>Sudahkah perangkat dimatikan satu menit, lalu dinyalakan lagi?</li>"
                "<li>Apakah hanya satu komputer, atau seluruh ruangan?</li>"
                "<li>Apakah listrik kantor normal?</li></ol>"
                "<p>Belum pulih juga? Laporkan, dan sebutkan hasil pemeriksaan Anda. Petugas dapat "
                "langsung menangani "
                "penyebabnya.</p>"
            ),
            _callout(
                "Jangan membuka rak server atau panel listrik. Serahkan kepada petugas.", tone="warning"
            ),
        ],
    )


def _news_codes(today: date) -> NewsPage:
    return NewsPage(
        title="Simpan nomor tiket dan kode lacak Anda",
        slug="simpan-nomor-tiket-dan-kode-lacak-anda",
        kind=NewsPage.Kind.ANNOUNCEMENT,
        date=today - timedelta(days=13),
        intro=(
            "Kode lacak membuka perkembangan laporan Anda. Perlakukan seperti kunci: simpan, dan "
            "jangan disebarkan."
        ),
        body=[
            _text(
                "<p>Nomor tiket menandai laporan Anda. Kode lacak memastikan hanya Anda dan petugas yang "
                "dapat membaca "
                "perkembangannya. Keduanya tampil setelah laporan terkirim dan dapat dicetak.</p>"
                "<p>Petugas tidak pernah meminta kata sandi Anda, lewat jalur apa pun.</p>"
            )
        ],
    )


def _contact(today: date) -> ContactPage:
    return ContactPage(
        title="Kontak",
        slug="kontak",
        show_in_menus=True,
        search_description="Alamat, telepon, WhatsApp, email, dan jam layanan.",
        intro="Datang, telepon, atau tulis kepada kami pada jam layanan.",
        body=[
            _text(
                "<h2>Pengaduan masyarakat</h2>"
                "<p>Help Desk melayani perangkat daerah. Masyarakat yang hendak mengadu tentang "
                "pelayanan publik "
                'dapat memakai <a href="https://www.lapor.go.id/">SP4N-LAPOR!</a>.</p>'
            )
        ],
    )


SEEDS = (
    Seed("profil", "beranda", _profile),
    Seed("struktur-organisasi", "profil", _structure),
    Seed("standar-pelayanan", "profil", _standards),
    Seed("berita", "beranda", _news_index),
    Seed("berita-kode-lacak", "berita", _news_codes),
    Seed("berita-pemeriksaan", "berita", _news_checks),
    Seed("berita-help-desk", "berita", _news_how_to_report),
    Seed("kontak", "beranda", _contact),
)


def _text(html: str) -> tuple[str, str]:
    return ("text", html)


def _facts(heading: str, *facts: tuple[str, str]) -> tuple[str, dict]:
    return (
        "facts",
        {"heading": heading, "facts": [{"term": term, "text": f"<p>{text}</p>"} for term, text in facts]},
    )


def _callout(text: str, tone: str = "info") -> tuple[str, dict]:
    return ("callout", {"tone": tone, "text": f"<p>{text}</p>"})


def _highlight(icon: str, title: str, text: str) -> tuple[str, dict]:
    return ("highlight", {"icon": icon, "title": title, "text": text, "page": None})

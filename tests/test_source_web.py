"""Addresses, feeds and sitemaps, fetched from a real server that behaves well, badly, or as an attacker would."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.errors import SourceError
from graph.model import Document, Refusal
from graph.sources.addresses import is_public
from graph.sources.fetch import Fetcher
from graph.sources.options import FetchPolicy, SourceOptions
from graph.sources.reader import read_sources

FIRST = "أعلنت وزارة الدفاع اليوم الاثنين أن وفدا من الخبراء زار العاصمة لبحث التعاون العسكري مع الجانب الآخر."
SECOND = "وقال المتحدث باسم الوزارة إن الاجتماع تناول تسليم المعدات وتدريب القوات على استخدامها في الشهر المقبل."
TEXT = f"{FIRST}\n{SECOND}"
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>وكالة النجم</title><link>https://star.example</link>
<item><title>زيارة</title><link>/a?utm_source=rss</link><pubDate>Tue, 05 Mar 2024 23:30:00 +0300</pubDate>
<dc:creator>ليلى حسن</dc:creator><description>&lt;p&gt;{first}&lt;/p&gt;</description></item>
<item><title>طويلة</title><guid>{base}/long</guid><content:encoded><![CDATA[<p>{long}</p><script>x()</script><p>{second}</p>]]>
</content:encoded></item><item><title>بلا نص</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة الأفق</title><entry><title>زيارة</title>
<link rel="self" href="/x"/><link href="b"/><updated>2024-03-06T10:00:00Z</updated>
<author><name>سامي عيد</name></author>
<summary>{first}</summary></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{base}/a</loc><n:news><n:publication><n:name>وكالة النجم</n:name></n:publication>
<n:publication_date>2024-03-05</n:publication_date><n:title>زيارة</n:title></n:news></url>
<url><loc>{base}/b</loc></url><url><loc>{base}/a#again</loc></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>{base}/{next}</loc></sitemap></sitemapindex>"
BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<rss><channel><item><title>&b;</title></item></channel></rss>"
)


def page(text: str = "") -> str:
    return (
        "<!doctype html><html><head><title>زيارة</title></head><body><nav><a href=/>الرئيسية</a></nav>"
        f"<article><p>{FIRST}</p><p>{SECOND}{text}</p></article></body></html>"
    )


class Handler(BaseHTTPRequestHandler):
    """Serves what the tests ask for; `server.asked` keeps paths and hosts."""

    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
        name = self.path.split("?")[0].strip("/")
        if self.path.startswith("/to/"):
            self.answer(302, b"", location=self.path.removeprefix("/to/"))
        elif name in server.misbehaving:
            self.misbehave(name)
        elif name in server.files:
            media_type, body, more = server.files[name]
            self.answer(200, body, content_type=media_type, **more)
        else:
            self.answer(404, b"gone")

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def misbehave(self, name: str) -> None:
        server = self.server
        assert isinstance(server, Server)
        if name == "busy":
            server.misbehaving.remove("busy")
            self.answer(503, b"", retry_after="9")
            return
        if name == "silent":
            server.over.wait()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if name != "slow-head":
            self.end_headers()
        try:
            while not server.over.is_set():
                self.wfile.write(b"a" * 65_536 if name == "endless" else b"a")
                server.over.wait(0 if name == "endless" else 0.02)
        except OSError:
            pass  # the client hung up, as it should

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.over = threading.Event()
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.misbehaving = {"busy", "silent", "slow", "slow-head", "endless"}
        html, utf8 = "text/html", "text/html; charset=utf-8"
        given = {"base": self.base, "first": FIRST, "second": SECOND, "long": " ".join([FIRST] * 6)}
        self.files: dict[str, tuple[str, bytes, dict[str, str]]] = {
            "robots.txt": (
                "text/plain",
                b"User-agent: *\nDisallow: /secret\n\nUser-agent: patient\nCrawl-delay: 7\n",
                {},
            ),
            "a": (utf8, page().encode(), {}),
            "b": (utf8, page(" نعم").encode(), {}),
            "busy": (utf8, page().encode(), {}),
            "secret": (utf8, page().encode(), {}),
            "old": ("text/html; charset=windows-1256", page().encode("cp1256"), {}),
            "packed": (utf8, gzip.compress(page().encode()), {"content_encoding": "gzip"}),
            "bomb": (html, gzip.compress(bytes(30_000_000)), {"content_encoding": "gzip"}),
            "picture": (html, b"\x89PNG\r\n\x1a\n\x00\x00\x00", {}),
            "sheet": ("application/vnd.ms-excel", b"x", {}),
            "plain": ("text/plain; charset=windows-1256", FIRST.encode("cp1256"), {}),
            "mislabelled": ("text/plain", page().encode(), {}),
            "dump.jsonl.gz": ("application/octet-stream", gzip.compress(f'{{"text": "{FIRST}"}}'.encode()), {}),
            "rss": (html, RSS.format(**given).encode(), {}),
            "atom.xml": ("application/atom+xml", ATOM.format(**given).encode(), {}),
            "sitemap.xml": ("application/xml", SITEMAP.format(**given).encode(), {}),
            "index.xml.gz": (
                "application/x-gzip",
                gzip.compress(INDEX.format(next="sitemap.xml", **given).encode()),
                {},
            ),
            "self.xml": ("text/xml", INDEX.format(next="self.xml", **given).encode(), {}),
            "entities.xml": ("text/xml", BOMB.encode(), {}),
            "svg.xml": ("text/xml", b"<?xml version='1.0'?><svg/>", {}),
            "broken.xml": ("text/xml", b"<rss><channel><item><title>x", {}),
            "none.xml": ("text/xml", b"<rss><channel/></rss>", {}),
            **{
                f"deep{number}.xml": ("text/xml", INDEX.format(next=f"deep{number + 1}.xml", **given).encode(), {})
                for number in range(9)
            },
        }


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.over.set()
        running.shutdown()
        thread.join()


def policy(**changes: object) -> FetchPolicy:
    usual: dict[str, object] = {"delay": 0.0, "seconds": 30.0, "private": ("127.0.0.1/32",), "most_bytes": 1_000_000}
    return FetchPolicy(**(usual | changes))  # type: ignore[arg-type]


def read(*addresses: str, kind: str | None = None, **changes: object) -> tuple[list[Document], list[Refusal]]:
    found = list(read_sources(addresses, options=SourceOptions(kind=kind, fetch=policy(**changes))))
    return [each for each in found if isinstance(each, Document)], [each for each in found if isinstance(each, Refusal)]


@pytest.mark.parametrize("path", ["a", "old", "packed", "mislabelled", "to//a"])
def test_page_at_an_address_is_read(server: Server, path: str) -> None:
    (document,), refused = read(f"{server.base}/{path}")
    assert (document.text, document.title) == (TEXT, "زيارة")
    assert document.url == f"{server.base}/{path.removeprefix('to//')}"
    assert document.path == f"{server.base}/{path}"
    assert refused == []


def test_other_kinds_are_read_at_an_address_too(server: Server) -> None:
    assert read(f"{server.base}/plain")[0][0].text == FIRST
    assert read(f"{server.base}/dump.jsonl.gz")[0][0].text == FIRST
    assert read(f"{server.base}/plain", kind="text")[0][0].url == f"{server.base}/plain"


def test_feed_gives_whole_articles_and_the_pages_of_the_others(server: Server) -> None:
    (short, whole), (refused,) = read(f"{server.base}/rss")
    assert (short.text, short.url) == (TEXT, f"{server.base}/a?utm_source=rss")
    assert (short.published, short.author, short.source) == ("2024-03-05", "ليلى حسن", "وكالة النجم")
    assert whole.text == f"{' '.join([FIRST] * 6)}\n{SECOND}"
    assert (whole.url, whole.title) == (f"{server.base}/long", "طويلة")
    assert (refused.line, "has no text" in refused.reason) == (3, True)
    assert "/long" not in {path for path, _, _ in server.asked}


def test_atom_feed_is_read(server: Server) -> None:
    ((document,), _) = read(f"{server.base}/atom.xml")
    assert (document.url, document.published, document.author) == (f"{server.base}/b", "2024-03-06", "سامي عيد")


@pytest.mark.parametrize("path", ["sitemap.xml", "index.xml.gz"])
def test_sitemap_gives_each_of_its_pages_once(server: Server, path: str) -> None:
    documents, refused = read(f"{server.base}/{path}")
    assert [(each.url, each.source) for each in documents] == [
        (f"{server.base}/a", "وكالة النجم"),
        (f"{server.base}/b", "127.0.0.1"),
    ]
    assert refused == []


def test_feed_in_a_file_gives_its_texts_and_nothing_is_fetched(server: Server, tmp_path: Path) -> None:
    before = len(server.asked)
    (tmp_path / "a.rss").write_bytes(server.files["rss"][1])
    (tmp_path / "b.xml").write_bytes(server.files["sitemap.xml"][1])
    found = list(read_sources([tmp_path]))
    assert [each.text for each in found if isinstance(each, Document)] == [FIRST, f"{' '.join([FIRST] * 6)}\n{SECOND}"]
    assert "give its address" in [each.reason for each in found if isinstance(each, Refusal)][-1]
    assert len(server.asked) == before


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone", "answered 404"),
        ("secret", "robots.txt"),
        ("to//secret", "robots.txt"),
        ("to//to//to//to//to//to//to//to//a", "more than 5 times"),
        ("to/file:///etc/passwd", "no address of the web"),
        ("to/http://user:word@127.0.0.1/", "name or password"),
        ("to/http://10.0.0.1/", "no public address"),
        ("to/http://169.254.169.254/latest", "no public address"),
        ("to/http://127.0.0.2/", "no public address"),
        ("bomb", "RAWABIT_FETCH_MEGABYTES"),
        ("picture", "binary"),
        ("sheet", "application/vnd.ms-excel"),
        ("endless", "more than 1,000,000 bytes"),
        ("slow", "within 0.3 s"),
        ("slow-head", "within 0.3 s"),
        ("silent", "within 0.3 s"),
        ("self.xml", "nothing"),
        ("entities.xml", "declares entities"),
        ("svg.xml", "another kind (<svg>)"),
        ("broken.xml", "has no text"),
        ("none.xml", "lists nothing"),
        ("deep0.xml", "3 deep"),
    ],
)
def test_bad_answer_is_named_and_the_rest_goes_on(server: Server, path: str, reason: str) -> None:
    address = f"{server.base}/{path}"
    documents, refused = read(address, f"{server.base}/b", seconds=0.3 if "0.3" in reason else 30.0)
    assert [each.url for each in documents] == [f"{server.base}/b"]
    assert [reason in each.reason for each in refused] == ([] if reason == "nothing" else [True])


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:{port}/a", "http://localhost:{port}/a", "http://[::1]:{port}/a", "http://2130706433:{port}/a"],
)
def test_private_address_is_not_asked(server: Server, address: str) -> None:
    before = len(server.asked)
    documents, (refused,) = read(address.format(port=server.server_port), private=())
    assert documents == []
    assert "no public address" in refused.reason or "not found" in refused.reason
    assert len(server.asked) == before


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_address_outside_the_public_internet_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_address_is_known(address: str) -> None:
    assert is_public(address)


def test_connection_goes_to_the_address_that_was_checked(server: Server) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"], ["93.184.216.34", "127.0.0.2"]])
    fetcher = Fetcher(policy(), resolve=lambda host, port: next(answers))
    url = f"http://news.example:{server.server_port}/a"
    with fetcher.fetch(url) as fetched:
        assert fetched.url == url
    assert server.asked[-1][:2] == ("/a", f"news.example:{server.server_port}")
    for wrong in ("10.0.0.1", "127.0.0.2"):
        with pytest.raises(SourceError, match=wrong), fetcher.fetch(url):
            pass
    assert list(answers) == []  # a name is looked up once for each connection


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")
def test_certificate_is_that_of_the_name_whatever_the_address(server: Server, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    asked = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x -addext subjectAltName=DNS:news.example"
    subprocess.run([*asked.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Server() as secure:
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        thread = threading.Thread(target=secure.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        tls = ssl.create_default_context(cafile=certificate)
        fetcher = Fetcher(policy(), resolve=lambda host, port: ["127.0.0.1"], tls=tls)
        try:
            with fetcher.fetch(f"https://news.example:{secure.server_port}/a") as fetched, fetched.open() as stream:
                assert stream.read() == page().encode()
            with pytest.raises(SourceError, match="certificate"):
                fetcher.fetch(f"https://other.example:{secure.server_port}/a").__enter__()
        finally:
            secure.over.set()
            secure.shutdown()
            thread.join()


def test_host_is_asked_no_faster_than_it_wishes_and_again_when_it_was_busy(server: Server) -> None:
    waits: list[float] = []
    fetcher = Fetcher(policy(delay=2.0, agent="Patient/1.0"), sleep=waits.append, clock=lambda: 0.0)
    for path in ("a", "busy"):
        with fetcher.fetch(f"{server.base}/{path}") as fetched:
            assert fetched.url.endswith(path)
    assert waits == [7.0, 7.0, 9.0, 7.0]


def test_fetched_under_the_name_that_is_set_and_no_more_than_allowed(server: Server) -> None:
    documents, (refused,) = read(f"{server.base}/sitemap.xml", most_pages=2, agent="Archive (mail@a.example)")
    assert [each.url for each in documents] == [f"{server.base}/a"]
    assert "after 2: raise RAWABIT_FETCH_PAGES" in refused.reason
    assert server.asked[-1][2] == "Archive (mail@a.example)"

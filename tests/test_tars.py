"""What a tar lists beside its files, where it ends, and a packed file as an archive of one member."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Callable
from dataclasses import astuple, replace

import pytest

from cableproof.sources.archives.containers import AGAIN, Container
from cableproof.sources.archives.faults import ArchiveFault, OverLimit
from cableproof.sources.archives.single import Single
from cableproof.sources.archives.tars import Tar
from cableproof.sources.limits import DEFAULT, Limits
from tests.packed import tarred
from tests.test_listed_members import INSIDE, NOISE, OUT, listed, opened, packed_tar, tar_of

NOWHERE = "a link to what is not in the archive; it was not followed"


def links(*members: tuple[str, bytes, str] | tuple[str, bytes]) -> bytes:
    """Return a tar of members of a name and a type, each with where it leads if it is a link."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, *leads in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "".join(leads)
            archive.addfile(info)
    return out.getvalue()


def test_what_a_tar_holds_beside_files() -> None:
    made = links(
        ("d", tarfile.DIRTYPE),
        ("../d", tarfile.DIRTYPE),
        ("early", tarfile.LNKTYPE, "a"),
        ("soon", tarfile.SYMTYPE, "a"),
        ("a", tarfile.REGTYPE),
        ("d/b", tarfile.REGTYPE, "a"),
        ("hard", tarfile.LNKTYPE, "a"),
        ("d/hard", tarfile.LNKTYPE, "b"),
        ("d/soft", tarfile.SYMTYPE, "b"),
        ("d/up", tarfile.SYMTYPE, "../a"),
        ("d/odd", tarfile.SYMTYPE, "a"),
        ("out", tarfile.SYMTYPE, "../a"),
        ("pipe", tarfile.FIFOTYPE),
        ("a", tarfile.FIFOTYPE),
        ("a", tarfile.SYMTYPE, "d/b"),
    )
    found = listed(tar_of(made))
    assert [(name, skipped or fault) for name, *_, skipped, fault, _ in found] == [
        ("../d", OUT),
        ("early", NOWHERE),
        ("soon", NOWHERE),
        ("a", ""),
        ("d/b", ""),
        ("hard", INSIDE),
        ("d/hard", NOWHERE),
        ("d/soft", INSIDE),
        ("d/up", INSIDE),
        ("d/odd", NOWHERE),
        ("out", NOWHERE),
        ("pipe", "no regular file; it was not opened"),
        ("a#2", "no regular file; it was not opened"),
        ("a#3", AGAIN),
        ("a#3", INSIDE),
    ]
    assert [name for name, *_, lost in found if not lost] == ["a#3"]
    with pytest.raises(OverLimit):
        listed(tar_of(made), replace(DEFAULT, members=13))
    assert len(listed(tar_of(made), replace(DEFAULT, members=14))) == 15


def test_a_file_with_holes_is_not_read_out_of_a_tar() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a")
        info.pax_headers = {"GNU.sparse.map": "0,0", "GNU.sparse.size": "10"}
        archive.addfile(info)
    reason = "a file with holes, which is not read out of a tar"
    assert listed(tar_of(out.getvalue())) == [("a", 0, 0, "", reason, True)]


@pytest.mark.parametrize("of", [tar_of, packed_tar])
@pytest.mark.parametrize(("zeros", "whole"), [(0, False), (511, False), (512, True), (513, True)])
def test_a_tar_ends_with_a_block_of_nothing(
    of: Callable[[bytes], Container], zeros: int, whole: bool
) -> None:
    made = tarred({"a": b"one"})[:1024]
    container = of(made + bytes(zeros))
    if whole:
        assert listed(container) == [("a", 512, 3, "", "", True)]
        return
    with pytest.raises(ArchiveFault, match="it has no end-of-archive block") as caught:
        listed(container)
    assert caught.value.start == (1024 if of is tar_of else None)


@pytest.mark.parametrize("of", [tar_of, packed_tar])
def test_members_that_cannot_be_told_end_a_tar(of: Callable[[bytes], Container]) -> None:
    long = io.BytesIO()
    with tarfile.open(fileobj=long, mode="w", format=tarfile.GNU_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("b" * 300))
    made = tarred({"a": b"one"})[:1024] + long.getvalue()[:1024]
    seen = []
    with pytest.raises(ArchiveFault, match="its members cannot be told from some place") as caught:
        for each in of(made).entries(DEFAULT):
            seen.append(each.name)
    assert seen == ["a"]
    assert caught.value.start == (len(made) if of is tar_of else None)


@pytest.mark.parametrize("harmed", [True, False])
def test_what_is_behind_the_end_of_a_packed_tar_is_read_for_its_sum(harmed: bool) -> None:
    packed = bytearray(gzip.compress(tarred({"a": b"one"}) + NOISE * 4, 0, mtime=0))
    packed[-8] ^= harmed
    container = Tar(opened(bytes(packed)), "gz", len(packed))
    if harmed:
        with pytest.raises(ArchiveFault, match="it is damaged"):
            listed(container)
    else:
        assert listed(container) == [("a", 512, 3, "", "", True)]


def single(data: bytes, name: str = "cables.csv.gz") -> tuple[Single, list[int]]:
    """Return a file that is packed, and a list that grows with each time it is opened."""
    packed = gzip.compress(data, 1, mtime=0)
    times: list[int] = []

    def begin() -> io.BytesIO:
        times.append(1)
        return io.BytesIO(packed)

    return Single(begin, "gz", len(packed), name), times


@pytest.mark.parametrize(
    ("name", "member"),
    [("a.csv.gz", "a.csv"), ("d/e/a.csv.gz", "a.csv"), ("a.csv", "a.csv"), ("x/a.gz.gz", "a.gz")],
)
def test_a_packed_file_is_an_archive_of_one_member(name: str, member: str) -> None:
    for data in (b"a", b"one", NOISE):
        container, times = single(data, name)
        assert (container.head(), len(times)) == (data[:512], 1)
        assert listed(container) == [(member, 0, len(data), "", "", True)]
        with container.open(0, len(data)) as file:
            assert file.read() == data
        assert len(times) == 3 - (data is NOISE)  # whose beginning is in a buffer when it is listed
        container.close()


def test_a_packed_file_of_nothing_has_no_member() -> None:
    assert listed(single(b"")[0]) == []


def test_what_comes_out_of_a_packed_file_before_a_limit_is_listed() -> None:
    container, _ = single(NOISE)
    assert container.head() == NOISE[:512]
    found = []
    with pytest.raises(ArchiveFault, match="262,144 bytes come out of it") as caught:
        for each in container.entries(Limits(unpacked=200_000)):
            found.append(astuple(each))
    assert str(caught.value.strerror).startswith("over the limit of 200,000 bytes")
    assert found == [("cables.csv", 0, 262_144, "", "", True)]

import resource
from pathlib import Path

from flask.testing import FlaskClient

from .conftest import Signer, public_files, push


def test_a_disk_that_takes_no_more_leaves_the_old_release_public(client: FlaskClient, data: Path, sign: Signer) -> None:
    before = public_files(data)
    release = sign("second")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))  # the kernel refuses to write more, as on a full disk
    try:
        status, answer = push(client, release)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert status == 507
    assert "what was public stays public" in answer["reason"]
    assert public_files(data) == before
    assert push(client, release)[0] == 200

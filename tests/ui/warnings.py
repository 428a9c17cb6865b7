"""A warning such as content/ makes it, for pages that only show it."""

import json
from pathlib import Path
from typing import Any

EXTENSION = Path(__file__).parents[2] / "extension"

SOURCE = {
    "id": "techcrunch",
    "title": "TechCrunch: Facebook is asking to use Meta AI on photos you haven't yet shared",
    "url": "https://techcrunch.com/",
    "date": "2025-06-27",
}

TEXT = {
    "rule": "facebook_cloud_processing",
    "language": "en",
    "title": "{site} wants to upload photos you never posted",
    "consequences": [
        {
            "text": "Pictures from your phone are chosen and uploaded to Meta's cloud, again and again.",
            "source": "techcrunch",
        },
        {"text": "Your media and faces in it may be analysed by AI.", "source": "techcrunch"},
        {"text": "Switching it off begins to remove them only after 30 days.", "source": "techcrunch"},
    ],
    "decline": "Press “Don't allow”. Creating a Story works without it.",
    "turn_off": [
        "Open Settings & privacy, then Settings.",
        "Open Camera roll sharing suggestions.",
        "Switch both off.",
    ],
}


def tables() -> dict[str, Any]:
    return {
        folder.name: json.loads((folder / "messages.json").read_text("utf-8"))
        for folder in sorted((EXTENSION / "_locales").iterdir())
    }


def warning(
    *,
    severity: str = "warning",
    certain: bool = True,
    label: str = "Don't allow",
    host: str = "www.facebook.com",
    text: dict[str, Any] | None = None,
    **verdict: Any,
) -> dict[str, Any]:
    evidence = [
        {"slot": "camera_roll", "words": "camera roll"},
        {"slot": "upload", "words": "upload it to our cloud"},
        {"slot": "ongoing", "words": "on an ongoing basis"},
    ]
    return {
        "key": "1",
        "print": "0123456789abcdef",
        "severity": severity,
        "host": host,
        "rulesVersion": 7,
        "verdict": {
            "rule": "facebook_cloud_processing",
            "matched": True,
            "severity": severity,
            "language": "en",
            "evidence": evidence,
            "accept": {"label": "Allow", "certain": True},
            "decline": {"label": label, "certain": certain},
            "asymmetry": [],
            "failed": None,
            **verdict,
        },
        "rule": {"id": "facebook_cloud_processing", "product": "Facebook", "severity": severity, "sources": [SOURCE]},
        "text": text or TEXT,
    }

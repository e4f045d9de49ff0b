"""The graph of the examples in the docstrings of the Python face."""

from __future__ import annotations

import pytest

ARTICLES = {
    "seoul.txt": "SEOUL, Sept. 7, 2024 -- Japanese Prime Minister Fumio Kishida visited Seoul on Friday "
    "and met President Yoon Suk Yeol.\n",
    "tokyo.txt": "TOKYO, Aug. 25, 2025 -- South Korean President Lee Jae Myung visited Tokyo on Aug. 23 "
    "and met Prime Minister Shigeru Ishiba.\n",
    "busan.txt": "BUSAN, Oct. 2, 2025 -- Japanese Prime Minister Shigeru Ishiba visited Busan on Sept. 30 "
    "and met President Lee Jae Myung.\n",
}


@pytest.fixture(scope="session")
def shuttle_folder(tmp_path_factory):
    """A folder with a graph ``kg`` of three short articles, and the articles."""
    import diplograph

    folder = tmp_path_factory.mktemp("shuttle")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text)
    with diplograph.open(folder / "kg") as kg:
        kg.ingest(folder / "articles")
    return folder

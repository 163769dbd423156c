"""`python -m article_extract` is the same program as `article-extract`."""

import sys

from article_extract.cli import main

sys.exit(main())

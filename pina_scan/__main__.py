from __future__ import annotations

import sys

from pina_scan.cli.main import main

if __name__ == '__main__':
    sys.exit(main())

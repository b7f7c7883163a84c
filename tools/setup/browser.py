"""Look for what the browser tests need: Chromium, and a font with Chinese characters.

On Debian and its relatives, as root, what is missing is installed. Anywhere else this says what is missing and ends
well: the browser tests then skip with a reason, and all others run.
"""

import os
import shutil
import subprocess

from stamps import say

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def has_browser() -> bool:
    """Whether a Chromium is on the PATH."""
    return any(map(shutil.which, BROWSERS))


def has_chinese_font() -> bool:
    """Whether text in Chinese would show as characters; without fontconfig there is no way to tell, so no."""
    if not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True)
    return bool(fonts.stdout.strip())


def missing() -> list[str]:
    """Debian's names of what is not there."""
    wanted = {"chromium": has_browser(), "fonts-noto-cjk": has_chinese_font()}
    return [package for package, there in wanted.items() if not there]


def apt(*arguments: str) -> bool:
    """Run apt-get without questions; its output is shown only if it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", "-o", "Acquire::Retries=2", *arguments]
    run = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if run.returncode:
        print("\n".join(run.stdout.splitlines()[-15:]))
    return run.returncode == 0


def main() -> None:
    """Install or tell."""
    packages = missing()
    if not packages:
        return
    names = " and ".join(packages)
    if not shutil.which("apt-get") or os.geteuid() != 0:
        say(f"{names} not found, and only root on Debian or Ubuntu can have it installed here")
    else:
        say(f"installing {names} for the browser tests")
        if apt("update") and apt("install", "--yes", "--no-install-recommends", *packages) and not missing():
            return
        say(f"{' and '.join(missing())} could not be installed")
    say("going on: browser tests that cannot run will say so; to have them, install Chromium and a Chinese font")


if __name__ == "__main__":
    main()

"""The front-end files the product uses, by their name in the site; where they come from is a folder of npm packages.

Plain data: `setup.py` reads it too, so that a wheel carries the same files.
"""

SITE_FILES = {
    "vendor/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "vendor/tom-select.bootstrap5.min.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
    "vendor/tom-select.complete.min.js": "tom-select/dist/js/tom-select.complete.min.js",
    "vendor/flatpickr.min.css": "flatpickr/dist/flatpickr.min.css",
    "vendor/flatpickr.min.js": "flatpickr/dist/flatpickr.min.js",
    "vendor/flatpickr.zh.js": "flatpickr/dist/l10n/zh.js",
}
SPRITE = "@tabler/icons-sprite/dist/tabler-sprite.svg"
"""The icons; they are drawn into the pages."""

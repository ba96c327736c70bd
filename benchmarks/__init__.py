"""Speed as ratios of two things measured side by side in one run; no assertion, a table each.

python -m benchmarks.pages      what pages cost beside an empty view of the same project
python -m benchmarks.report     what a PDF costs beside WeasyPrint alone, and Chromium
"""

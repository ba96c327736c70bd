"""Speed, as ratios of two things measured side by side in one run: tables, no assertions.

python -m benchmarks.pages      what pages cost compared with an empty view of the project
python -m benchmarks.report     what a PDF costs compared with WeasyPrint alone, and Chromium
"""

"""Drawings of numbers as plain geometry: lines over months and control charts; whoever shows them draws the SVG."""

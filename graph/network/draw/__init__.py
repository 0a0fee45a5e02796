"""Pictures of networks and of what happened when: SVG, web pages, PNG."""

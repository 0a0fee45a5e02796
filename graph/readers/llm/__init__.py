"""A reader that asks a language model at an OpenAI-compatible address, and believes only what the article says."""

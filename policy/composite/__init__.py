"""The composite index (综合指数): the stages of the OECD/JRC handbook, one module each, without Django."""

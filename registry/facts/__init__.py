"""Real facts about Zhejiang's divisions, offices, host zones and parks, each with its source."""

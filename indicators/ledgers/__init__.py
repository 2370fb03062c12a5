"""The ledgers of a park: their columns, how tables of them are read, checked and stored, what is counted from them."""

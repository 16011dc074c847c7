-- Two indexes of the same columns: case_of_basis (0073) serves both who used them.
drop index case_same_basis;

"""发文登记: the register of official papers, and editable copies of them."""

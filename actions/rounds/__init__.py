"""The yearly round: its days, VUF's chase list, its workbook and calendar."""

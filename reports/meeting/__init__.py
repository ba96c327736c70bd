"""The temamøde: programme, handouts, conclusions and the council's page."""

"""Nothing typed is lost: how every kind of text is saved, refused, archived and merged."""

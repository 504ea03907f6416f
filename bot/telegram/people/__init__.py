"""People, invitations and departments, as administrators change them by chat."""

"""The numbers of what members feed: services, costs, quality, recognition of tests, people sent to the grassroots."""

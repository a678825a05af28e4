"""What a person fills in on the pages of the parties. Forms check shape; actions check rules."""

"""What a text seems to say: parties, bodies, days and duties, by rules that can be read and tested."""

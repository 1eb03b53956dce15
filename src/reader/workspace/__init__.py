"""What a person asks for: plain calls that both front ends use."""

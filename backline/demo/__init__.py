"""The demo world: invented people, beats and two years of listening, made through the real actions and intake."""

"""What becomes of a beat: scheduled, private, archived, deleted and had back, with other audio; its history."""

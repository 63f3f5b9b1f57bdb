"""Cases: staff withdraw plays of a beat, its producers read why and appeal."""

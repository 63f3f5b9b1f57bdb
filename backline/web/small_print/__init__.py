"""Terms, the privacy notice, and what robots and tabs ask every site for."""

"""Sign-up, sign-in and e-mail pages: allauth's views with our templates."""

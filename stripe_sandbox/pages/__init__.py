"""What a browser sees of the sandbox: the hosted pages, and the pages that control it."""

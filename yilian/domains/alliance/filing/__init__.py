"""Filing a specialty alliance: application, preparation, review, approval (S3 chapters 2 and 3)."""

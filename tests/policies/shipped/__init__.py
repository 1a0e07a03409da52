"""The real policies, judged case by case."""

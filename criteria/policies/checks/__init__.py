"""What is wrong or worth a look in an edition before it is published."""

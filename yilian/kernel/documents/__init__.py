"""Documents of a case: attachments behind its wall, and official papers with a number and a code to verify."""

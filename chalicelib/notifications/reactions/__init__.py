"""What do notifications do when others announce something? One file a queue, so that each function imports its own."""

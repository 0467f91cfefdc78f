"""What does the deployment say of itself? Its health, its documents and its pages."""

"""Each system of the policy and its place in the plugin."""

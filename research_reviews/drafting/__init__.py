"""A structured draft (intake.draft) becomes a review: people, study, credits and the blocks of the body."""

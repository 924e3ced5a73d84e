SELECT synthetic FROM live_theme_day
UNION SELECT synthetic FROM live_understanding
UNION SELECT synthetic FROM live_action
UNION SELECT synthetic FROM live_activity
UNION SELECT synthetic FROM live_consequence
UNION SELECT synthetic FROM live_request
UNION SELECT synthetic FROM live_vote

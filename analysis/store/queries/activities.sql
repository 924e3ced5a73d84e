SELECT municipality, action, activity, who, due_on, progress
FROM live_activity
WHERE synthetic = $synthetic
ORDER BY municipality, action, due_on, activity

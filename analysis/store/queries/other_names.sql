-- What files call otherwise: the newest entry on each name.
SELECT kind, belongs_to, name, municipality, arg_max(new_name, (import_id, row)) AS new_name
FROM live_renaming
WHERE synthetic = $synthetic
GROUP BY kind, belongs_to, name, municipality
ORDER BY ALL

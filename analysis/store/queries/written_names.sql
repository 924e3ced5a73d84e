-- The names of today of offers that files call otherwise.
SELECT municipality, offer, name FROM offer_name WHERE synthetic = $synthetic AND name <> offer ORDER BY ALL

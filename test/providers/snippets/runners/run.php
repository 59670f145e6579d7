<?php

// Calls each provider's snippet with its cases; answers with what each call gave, or its error.

error_reporting(E_ALL);
set_error_handler(function (int $level, string $message): bool {
    if (error_reporting() & $level) {
        throw new ErrorException($message);
    }
    return true;
});

$answers = [];
foreach (json_decode(stream_get_contents(STDIN), true) as $job) {
    require $job['file'];
    foreach ($job['cases'] as $case) {
        try {
            $headers = array_column($case['headers'], 1, 0);
            $answer = $job['name'](base64_decode($case['bodyBase64']), $headers, $case['keys'], ...$case['extras']);
        } catch (Throwable $error) {
            $answer = (string) $error;
        }
        $answers[$job['id']][] = $answer;
    }
}
echo json_encode($answers);

# Calls each provider's snippet with its cases; answers with what each call gave, or its error.
require "json"

# Names compare without case, as in Rails.
class Headers
  def initialize(pairs)
    @values = pairs.to_h { |name, value| [name.downcase, value] }
  end

  def [](name)
    @values[name.downcase]
  end
end

jobs = JSON.parse($stdin.read)
answers = jobs.to_h do |job|
  load job["file"]
  results = job["cases"].map do |test|
    body = test["bodyBase64"].unpack1("m")
    send(job["name"], body, Headers.new(test["headers"]), test["keys"], *test["extras"])
  rescue StandardError => error
    error.full_message(highlight: false)
  end
  [job["id"], results]
end
print JSON.generate(answers)

-- Making, taking apart and searching strings.
local size = tonumber(arg[1])
local total = 0
for i = 1, size * 400 do
  local line = ("key%d = %s, %5.2f"):format(i % 1000, "value", i / 7)
  local key, value = line:match("^(%w+)%s*=%s*(%w+)")
  total = total + #key + #value + (line:find("5", 1, true) or 0)
  total = total + #(line:gsub("%d", "#")) + #line:upper():sub(2, -3)
end
print(total)

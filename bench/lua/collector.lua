-- Allocation and the garbage collector: trees that are built and dropped.
local size = tonumber(arg[1])
local function tree(depth) return depth == 0 and {} or {tree(depth - 1), tree(depth - 1)} end
local function count(t) return t[1] and 1 + count(t[1]) + count(t[2]) or 1 end
local total = 0
for _ = 1, math.max(1, size * 200 // 1000) do total = total + count(tree(13)) end
print(total)

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
    <context>
        <name>Engine</name>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>There is no file {path}.</source>
            <translation>没有文件 {path}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} exists already. Choose another name, or allow it to be overwritten.</source>
            <translation>{path} 已存在。请另选名称，或允许覆盖。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The output {path} is also an input. Choose another name.</source>
            <translation>输出 {path} 同时也是输入。请另选名称。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Two outputs have the same name {path}. Give each its own.</source>
            <translation>两个输出同名：{path}。请分别命名。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The folder {folder} does not exist. Create it first.</source>
            <translation>文件夹 {folder} 不存在。请先创建。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be written: {reason}. Choose another folder, or free some space.</source>
            <translation>无法写入 {path}：{reason}。请另选文件夹，或腾出空间。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Another job is writing {path}. Wait for it, or choose another name.</source>
            <translation>另一个任务正在写入 {path}。请等待，或另选名称。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be read as a raster: {reason}</source>
            <translation>无法将 {path} 作为栅格读取：{reason}</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is damaged: rows {row_from} to {row_to} cannot be read ({reason}). Get a whole copy of the file.</source>
            <translation>{path} 已损坏：第 {row_from} 至 {row_to} 行无法读取（{reason}）。请获取完整的文件。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no coordinate reference system. Assign one (Raster &gt; Projections &gt; Assign projection).</source>
            <translation>{path} 没有坐标参考系。请指定一个（栅格 &gt; 投影 &gt; 分配投影）。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not georeferenced, so its pixel size is unknown. Georeference it first.</source>
            <translation>{path} 没有地理配准，像元大小未知。请先配准。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no valid pixels: all of it is nodata.</source>
            <translation>{path} 没有有效像元：全部为无数据。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} claims {width} x {height} pixels, more than this engine maps in one run ({limit} megapixels).</source>
            <translation>{path} 声称有 {width} x {height} 像素，超出一次运行的上限（{limit} 百万像素）。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds complex numbers; an optical image is needed.</source>
            <translation>{path} 存放的是复数；需要光学影像。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Ground distances cannot be found for {path} in its coordinate reference system ({reason}).</source>
            <translation>在 {path} 的坐标参考系中无法求得地面距离（{reason}）。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model needs a {role} band and none of {path} was recognised as one. Assign it under Bands.</source>
            <translation>模型需要{role}波段，而 {path} 中没有识别到。请在“波段”中指定。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Band {band} was asked for, but {path} has {count} bands.</source>
            <translation>请求了第 {band} 波段，但 {path} 只有 {count} 个波段。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model takes {expected} bands, but {given} were given.</source>
            <translation>模型需要 {expected} 个波段，但给出了 {given} 个。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model cannot do without its {role} band. Assign one, or choose another model.</source>
            <translation>模型不能缺少{role}波段。请指定一个，或选择其他模型。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The area to map does not touch {path}.</source>
            <translation>制图范围与 {path} 不相交。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no polygons to map inside.</source>
            <translation>{path} 中没有可用于制图范围的多边形。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be read as a vector layer: {reason}</source>
            <translation>无法将 {path} 作为矢量图层读取：{reason}</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no layer {layer}. It has: {layers}.</source>
            <translation>{path} 没有图层 {layer}。其中有：{layers}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has several layers ({layers}). Say which one to use.</source>
            <translation>{path} 有多个图层（{layers}）。请说明使用哪一个。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no coordinate reference system. Assign one first.</source>
            <translation>{path} 没有坐标参考系。请先指定一个。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no polygons.</source>
            <translation>{path} 中没有多边形。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no lines.</source>
            <translation>{path} 中没有线。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The places of {path} cannot be found in its coordinate reference system ({reason}). Assign the right one.</source>
            <translation>无法在 {path} 的坐标参考系中确定其位置（{reason}）。请指定正确的坐标参考系。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no field {field}. It has: {fields}.</source>
            <translation>{path} 没有字段 {field}。其中有：{fields}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>There is no model {model}. Known models: {known}.</source>
            <translation>没有模型 {model}。已知模型：{known}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model card {path} cannot be used: {problem}.</source>
            <translation>模型卡片 {path} 无法使用：{problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The weights {path} that the card names are not there.</source>
            <translation>卡片所指的权重文件 {path} 不存在。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The weights {path} are damaged or were changed: {problem}. Get them again.</source>
            <translation>权重文件 {path} 已损坏或被更改：{problem}。请重新获取。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The weights {path} do not fit the network of their card: {problem}.</source>
            <translation>权重文件 {path} 与卡片中的网络不符：{problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not loaded: it could run code. Only .safetensors and .onnx weights are accepted.</source>
            <translation>{path} 未加载：它可能执行代码。只接受 .safetensors 和 .onnx 权重。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} gave an unusable answer: {problem}.</source>
            <translation>模型 {model} 的输出无法使用：{problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} cannot be run here: {problem}.</source>
            <translation>模型 {model} 无法在此运行：{problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} classifies parcels and maps no pixels. Classify parcels with it, or choose another.</source>
            <translation>模型 {model} 用于地块分类，不对像元制图。请用它对地块分类，或选择其他模型。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} maps pixels and cannot classify parcels. Choose a model of parcels.</source>
            <translation>模型 {model} 对像元制图，不能用于地块分类。请选择地块模型。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} gives numbers, not classes, so it makes no {parts}. Leave that out, or choose a model of classes.</source>
            <translation>模型 {model} 给出的是数值而不是类别，因此不能生成 {parts}。请去掉这一项，或选择输出类别的模型。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The blending max takes the largest probability, which has no meaning for the numbers that the model {model} gives. Choose another one.</source>
            <translation>融合方式 max 取最大概率，对模型 {model} 给出的数值没有意义。请选择其他方式。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device {device} is not available here. Available: {available}.</source>
            <translation>此处没有设备 {device}。可用：{available}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{backend} cannot run the model {model} here: {problem}.</source>
            <translation>{backend} 无法在此运行模型 {model}：{problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device {device} has too little memory for even one window of {window} px. Use a smaller window.</source>
            <translation>设备 {device} 的内存连一个 {window} 像素的窗口都不够。请使用更小的窗口。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device {device} stopped working: {reason}</source>
            <translation>设备 {device} 停止工作：{reason}</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not a class raster: it needs one band of whole numbers from 0 to 255, not {dtype}.</source>
            <translation>{path} 不是分类栅格：需要一个取值 0 到 255 的整数波段，而不是 {dtype}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the parcels of {path} touches the map {classes}.</source>
            <translation>{path} 的地块均与地图 {classes} 不相交。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the roads of {roads} cuts the boundary {boundary}: they lie elsewhere, in tunnels, or have no width.</source>
            <translation>{roads} 中没有道路切分边界 {boundary}：道路位于别处、在隧道内，或没有宽度。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No parcel of {boundary} is left. Take a smaller opening, narrower roads or another range of areas.</source>
            <translation>{boundary} 中没有留下任何地块。请减小收缩扩张的距离或道路宽度，或更改面积范围。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the parcels of {path} has an area in the range asked for; theirs are {low} to {high} m2. Change it.</source>
            <translation>{path} 中没有面积在所给范围内的地块；其面积为 {low} 至 {high} m2。请更改范围。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The field {field} of {path} holds no numbers to go by.</source>
            <translation>{path} 的字段 {field} 中没有可以依据的数值。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Nothing is known of any parcel of {path}: no image, point of interest or user density lies where they are.</source>
            <translation>对 {path} 的地块一无所知：其所在位置没有影像、兴趣点或用户密度。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the values of {field} in {path} ({values}) is a known category of points of interest. Choose the field with OpenStreetMap tags or Gaode types.</source>
            <translation>{path} 中字段 {field} 的值（{values}）均不是已知的兴趣点类别。请选择存放 OpenStreetMap 标签或高德类型的字段。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has {count} bands where the user density needs 24, one for each hour.</source>
            <translation>{path} 有 {count} 个波段，而用户密度需要 24 个，每小时一个。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no user density: no value is above 0.</source>
            <translation>{path} 中没有用户密度：没有大于 0 的值。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The table {path} cannot be used as user density: {problem}.</source>
            <translation>表格 {path} 无法用作用户密度：{problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the polygons of {path} covers a mapped pixel of {classes}.</source>
            <translation>{path} 的多边形均未覆盖 {classes} 的制图像元。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the values of field {field} ({values}) is mapped to a class of the map ({classes}).</source>
            <translation>字段 {field} 的值（{values}）均未对应到地图的类别（{classes}）。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The mapping {path} cannot be used: {problem}.</source>
            <translation>对应关系 {path} 无法使用：{problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no raster to map.</source>
            <translation>{path} 中没有可以制图的栅格。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be read as a list of rasters: {reason}.</source>
            <translation>无法将 {path} 读作栅格列表：{reason}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not a STAC ItemCollection: {reason}.</source>
            <translation>{path} 不是 STAC ItemCollection：{reason}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The STAC item {item} of {path} has no raster to map. Its assets: {assets}.</source>
            <translation>{path} 中的 STAC 条目 {item} 没有可以制图的栅格。它的资产：{assets}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The STAC item {item} of {path} has no asset {asset}. Its assets: {assets}.</source>
            <translation>{path} 中的 STAC 条目 {item} 没有资产 {asset}。它的资产：{assets}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The STAC item {item} of {path} has several rasters ({assets}). Name the asset to map.</source>
            <translation>{path} 中的 STAC 条目 {item} 有多个栅格（{assets}）。请指明要制图的资产。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The folder {folder} holds the scenes. Choose another one for the maps.</source>
            <translation>文件夹 {folder} 存放着影像。请为地图选择另一个文件夹。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{failed} of {count} scenes could not be mapped. Mend what is said of them and run the same job again: it keeps what is done.</source>
            <translation>{count} 景影像中有 {failed} 景未能制图。请按提示处理后重新运行同一任务：已完成的会保留。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The mosaic would have {width} x {height} pixels, because the scenes lie far apart. Make it as a VRT, or none.</source>
            <translation>各景相距很远，镶嵌图将有 {width} x {height} 个像元。请生成 VRT，或不生成镶嵌图。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Every worker that was mapping {path} died. Their logs say why; perhaps they had too little memory.</source>
            <translation>每个处理 {path} 的工作进程都异常退出。原因见其日志；可能是内存不足。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} does not map rooftops: it needs two classes, one of them named rooftop or building, and has {classes}. Choose another model.</source>
            <translation>模型 {model} 不用于屋顶制图：需要两个类别，其中一个名为 rooftop 或 building，而它的类别为 {classes}。请选择其他模型。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} does not have the same pixels as {first}. Bring the images of all years onto one grid first (Raster &gt; Projections &gt; Warp).</source>
            <translation>{path} 与 {first} 的像元不一致。请先将各年份的影像统一到同一格网（栅格 &gt; 投影 &gt; 变形）。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is no probability of built-up land: it holds {value}, and probabilities lie between 0 and 1. Divide it first, or choose another raster.</source>
            <translation>{path} 不是建成区概率：其中有值 {value}，而概率应在 0 与 1 之间。请先换算（相除），或另选栅格。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no data where the images lie. Choose a raster that covers them.</source>
            <translation>{path} 在影像所在位置没有数据。请选择覆盖影像的栅格。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>A Dask cluster needs the Python package distributed, which is not installed beside the engine. Install it: pip install distributed.</source>
            <translation>使用 Dask 集群需要 Python 软件包 distributed，引擎的环境中没有安装。请安装：pip install distributed。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The Dask scheduler {address} cannot be reached: {reason}.</source>
            <translation>无法连接 Dask 调度器 {address}：{reason}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The connection to the Dask scheduler {address} was lost. Run the same job again: it keeps what is done.</source>
            <translation>与 Dask 调度器 {address} 的连接已断开。请重新运行同一任务：已完成的会保留。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>A Dask worker has version {theirs} of UrbanGrain where version {ours} is needed. Install it there.</source>
            <translation>一个 Dask 工作进程的 UrbanGrain 版本是 {theirs}，需要 {ours}。请在那里安装。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The Dask worker on {host} does not see {path}. All workers need the same shared file system under the same name.</source>
            <translation>{host} 上的 Dask 工作进程看不到 {path}。所有工作进程都需要以相同路径访问同一共享文件系统。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The request cannot be used: {field} {problem}.</source>
            <translation>请求无法使用：{field} {problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The computer ran out of memory. Map a smaller area or use fewer threads.</source>
            <translation>计算机内存不足。请缩小制图范围或减少线程。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Something unexpected went wrong: {reason}. The log has the details.</source>
            <translation>发生意外错误：{reason}。详情见日志。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{megapixels} Mpx at {gsd} m, {device}.</source>
            <translation>{megapixels} Mpx，{gsd} 米，{device}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{megapixels} Mpx at {gsd} m, about {time} on {device}.</source>
            <translation>{megapixels} Mpx，{gsd} 米，在 {device} 上约需 {time}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image has {gsd} m pixels and is resampled to {target} m for the model.</source>
            <translation>影像像元为 {gsd} 米，将为模型重采样到 {target} 米。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No {role} band: the model works without it, less accurately.</source>
            <translation>没有{role}波段：模型仍可运行，但精度较低。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{dtype} imagery, values about {low} to {high}.</source>
            <translation>{dtype} 影像，数值约 {low} 到 {high}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image is in degrees: distances and areas are computed on the ground.</source>
            <translation>影像以度为单位：距离和面积按地面计算。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image's grid is rotated; the result is north-up.</source>
            <translation>影像格网是旋转的；结果为北向上。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model file {model} does not say everything; assumed by custom: {what}.</source>
            <translation>模型文件 {model} 未说明全部信息；按惯例假定：{what}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model does not take windows of {asked} px; it gets windows of {used} px.</source>
            <translation>该模型不接受 {asked} 像素的窗口；将使用 {used} 像素的窗口。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model was made for 8-bit pixel values (0 to 255) and this image holds {dtype}. Stretch it to 8 bit, or expect a poor map.</source>
            <translation>该模型针对 8 位像素值（0 至 255），而此影像为 {dtype}。请先拉伸为 8 位，否则制图结果会较差。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The bands have no names, so they were taken in the order {order}. Check them under Bands.</source>
            <translation>波段没有名称，按 {order} 的顺序使用。请在“波段”中核对。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No GPU was found, so the map was made on the CPU.</source>
            <translation>没有找到 GPU，因此在 CPU 上制图。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>ONNX Runtime could not use {asked} here, so {used} ran the network. The log says why.</source>
            <translation>ONNX Runtime 在此无法使用 {asked}，因此由 {used} 运行网络。原因见日志。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{backend} runs the network: {rate} Mpx/s in a trial here ({other}: {other_rate} Mpx/s).</source>
            <translation>由 {backend} 运行网络：在本机试运行中为 {rate} Mpx/s（{other}：{other_rate} Mpx/s）。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The live view shows classes, and the model {model} gives values. Map the image instead.</source>
            <translation>实时视图显示类别，而模型 {model} 给出的是数值。请直接对影像制图。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image has no overviews (pyramids), so a view that is zoomed out takes long. Build some once.</source>
            <translation>影像没有金字塔（概览），缩小后的视图会很慢。请先建立一次金字塔。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Went on with an interrupted run: {percent} % of the area was there.</source>
            <translation>已继续中断的运行：{percent} % 的区域此前已完成。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No interrupted run of this very job was found, so the whole area was mapped.</source>
            <translation>未找到此任务的中断运行，因此对整个区域进行了制图。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Scenes that an earlier run had mapped already: {count}.</source>
            <translation>此前的运行已完成制图的影像：{count} 景。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Scenes overlap: the one listed first is on top in the mosaic, and areas count such places once a scene.</source>
            <translation>影像有重叠：镶嵌图中排在前面的在上，面积统计中这些位置每景各计一次。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The scenes do not share one grid: the mosaic takes the grid of {path}, and the nearest pixels of the others.</source>
            <translation>各景不在同一格网上：镶嵌图采用 {path} 的格网，其他影像取最近的像元。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device was short of memory: batches of {batch} windows were used.</source>
            <translation>设备内存不足：每批使用 {batch} 个窗口。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the values of {field} in {path} ({values}) is one of the model's classes ({classes}). Assign them.</source>
            <translation>{path} 中字段 {field} 的值（{values}）均不是模型的类别（{classes}）。请指定对应关系。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model has no class {value}. Its classes: {classes}.</source>
            <translation>模型没有类别 {value}。它的类别：{classes}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No pixel of the image lies in a polygon of {path} with a class, so there is nothing to learn from.</source>
            <translation>影像没有任何像元位于 {path} 中带有类别的多边形内，因此无从学习。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} is a finished ONNX file, which cannot be trained. Choose one with its own weights.</source>
            <translation>模型 {model} 是已固化的 ONNX 文件，无法训练。请选择带有自身权重的模型。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The configuration {path} cannot be used: {problem}.</source>
            <translation>配置 {path} 无法使用：{problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The network {network} cannot be built: {problem}.</source>
            <translation>无法构建网络 {network}：{problem}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device has too little memory for {batch} tiles of {tile} pixels at once. Take fewer or smaller ones.</source>
            <translation>设备内存不足，无法同时处理 {batch} 个 {tile} 像素的图块。请减少数量或减小尺寸。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Training and validation areas overlap ({path}), so the accuracy shown is too good.</source>
            <translation>训练区与验证区重叠（{path}），因此显示的精度偏高。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The polygons lie too close together to keep some for validation, so the accuracy of the model is unknown.</source>
            <translation>多边形彼此过近，无法留出一部分用于验证，因此模型的精度未知。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No polygon shows these classes, which the model may forget: {classes}.</source>
            <translation>没有多边形包含以下类别，模型可能会遗忘它们：{classes}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>These classes lie in one place only and were left out of the validation: {classes}.</source>
            <translation>以下类别只出现在一处，未纳入验证：{classes}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>On the validation part no weights were better than those of the model started from, so the new model is a copy of it.</source>
            <translation>在验证部分没有得到优于起始模型的权重，因此新模型是起始模型的副本。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Stopped early: the model has the best weights until then.</source>
            <translation>提前停止：模型采用截至当时的最佳权重。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Went on with an interrupted training.</source>
            <translation>已继续中断的训练。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No interrupted training of this very job was found, so it began anew.</source>
            <translation>未找到此任务的中断训练，因此从头开始。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model was trained in places where {count} of {total} polygons of {path} lie, so the accuracy shown is too good. Assess with polygons elsewhere.</source>
            <translation>{path} 的 {total} 个多边形中有 {count} 个位于模型训练过的地点，因此显示的精度偏高。请使用其他地点的多边形评估。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No square of {path} with sides of {tile} pixels is half covered by valid pixels. Take a larger image.</source>
            <translation>{path} 中没有任何边长 {tile} 像素的方块有一半以上为有效像元。请使用更大的影像。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Demo cities can stand in for labelled images only for models with their classes ({classes}) and bands. Give the model {model} a labelled image of the kind it was trained on.</source>
            <translation>只有模型的类别（{classes}）和波段与演示城市一致时，演示城市才能代替带标注影像。请为模型 {model} 提供与其训练数据同类的带标注影像。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Demo cities kept the classes in mind, as no labelled image was given.</source>
            <translation>未提供带标注影像，因此使用演示城市来保持对各类别的记忆。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model got worse on the labelled images (mean IoU {before} before, {after} after). Compare the maps of both before you use it; fewer steps may do.</source>
            <translation>模型在带标注影像上的表现变差（平均 IoU 之前 {before}，之后 {after}）。使用前请比较两个模型的地图；减少步数或许有效。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Stopped early: the model is as it was at that moment.</source>
            <translation>提前停止：模型保持停止时的状态。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>A year is checked against the one before and the one after it: with {count} years none was.</source>
            <translation>每个年份要与前后各一年对照检查：只有 {count} 个年份，因此均未检查。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no data on {percent} % of the map: rooftops stay there whatever it would say.</source>
            <translation>{path} 在地图 {percent} % 的范围内没有数据：这些位置的屋顶一律保留。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Invalid polygons of {path} that were repaired: {count}.</source>
            <translation>修复了 {path} 的 {count} 个无效多边形。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Features of {path} left out because they have no polygon: {count}.</source>
            <translation>略去了 {path} 中 {count} 个没有多边形的要素。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Features of {path} left out because they are no lines: {count}.</source>
            <translation>略去了 {path} 中 {count} 个不是线的要素。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Classes of {path} without a width of their own, taken as {width} m wide: {values}.</source>
            <translation>{path} 中没有专门宽度的类别，按 {width} 米宽处理：{values}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Only {count} parcels can be chosen where {asked} were asked for: all of them were.</source>
            <translation>要求抽取 {asked} 个地块，但只有 {count} 个可选：已全部选取。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Parcels left out because their field {field} holds no number: {count}.</source>
            <translation>因字段 {field} 不是数值而略去的地块：{count}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Points of interest of {path} left out because their category is not known: {count} ({values} ...).</source>
            <translation>因类别未知而略去的 {path} 兴趣点：{count}（{values} ...）。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} says nothing about any of the parcels.</source>
            <translation>{path} 未提供任何地块的信息。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Parcels not classified because nothing is known of them: {count}.</source>
            <translation>因没有任何信息而未分类的地块：{count}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Polygons of {path} not counted because they cover no pixel centre: {count}.</source>
            <translation>{path} 的 {count} 个多边形未覆盖任何像元中心，无法计入。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Polygons of {path} outside the map: {count}.</source>
            <translation>{path} 的 {count} 个多边形位于地图之外。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Pixels left out because reference polygons of different classes overlap there: {pixels}.</source>
            <translation>{pixels} 个像元位于不同类别的参考多边形中，已略去。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reference values left out because no class was chosen: {values}.</source>
            <translation>因未选择类别而略去的参考值：{values}。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reference pixels where the map has no data: {pixels}.</source>
            <translation>{pixels} 个参考像元位于地图无数据处。</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>A model was left out: {problem}</source>
            <translation>略去了一个模型：{problem}</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Opening the image</source>
            <translation>正在打开影像</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Measuring the image's brightness</source>
            <translation>正在统计影像亮度</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Loading the model</source>
            <translation>正在加载模型</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Mapping</source>
            <translation>正在制图</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Cleaning up small patches</source>
            <translation>正在清理小图斑</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Writing the rasters</source>
            <translation>正在写入栅格</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Drawing polygons</source>
            <translation>正在生成多边形</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Summarising parcels</source>
            <translation>正在汇总地块</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reading the points of interest</source>
            <translation>正在读取兴趣点</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reading the user density</source>
            <translation>正在读取用户密度</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Classifying parcels</source>
            <translation>正在对地块分类</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Comparing with the reference</source>
            <translation>正在与参考数据比较</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Writing the report</source>
            <translation>正在写报告</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Exporting the model</source>
            <translation>正在导出模型</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Comparing the exported model with the original</source>
            <translation>正在将导出的模型与原模型比较</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Mapping the scenes</source>
            <translation>正在对各景制图</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Putting the mosaic together</source>
            <translation>正在拼接镶嵌图</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Building the demo city</source>
            <translation>正在生成演示城市</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Cutting training tiles</source>
            <translation>正在切分训练图块</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Training</source>
            <translation>正在训练</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Adapting the model</source>
            <translation>正在对模型做域适应</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Saving the model</source>
            <translation>正在保存模型</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Comparing the years</source>
            <translation>正在比较各年份</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reading the layers</source>
            <translation>正在读取图层</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Cutting parcels</source>
            <translation>正在切分地块</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Choosing parcels</source>
            <translation>正在抽取地块</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Writing the layer</source>
            <translation>正在写入图层</translation>
        </message>
    </context>
    <context>
        <name>UrbanGrain</name>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Gaussian weights</source>
            <translation>高斯权重</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Mean</source>
            <translation>平均</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Maximum</source>
            <translation>最大值</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Crop to the centre</source>
            <translation>只取中心</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>None (fastest)</source>
            <translation>无（最快）</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>4 flips</source>
            <translation>4 次翻转</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>8 flips and turns</source>
            <translation>8 次翻转与旋转</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>32 bit</source>
            <translation>32 位</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>16 bit (bfloat)</source>
            <translation>16 位 (bfloat)</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>16 bit (half)</source>
            <translation>16 位 (half)</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>As the image</source>
            <translation>影像本身的格网</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>As the model sees it</source>
            <translation>模型所用的格网</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>VRT (points at the maps)</source>
            <translation>VRT（指向各幅地图）</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>COG (a copy)</source>
            <translation>COG（副本）</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>The class raster to check.</source>
            <translation>要检查的分类栅格。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Assess</source>
            <translation>评估</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Compare the map with the reference, pixel by pixel.</source>
            <translation>逐像元比较地图与参考数据。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Copy both tables, to paste them into a spreadsheet.</source>
            <translation>复制两个表格，以便粘贴到电子表格中。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save the tables as CSV.</source>
            <translation>将表格保存为 CSV。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save everything as JSON.</source>
            <translation>将全部结果保存为 JSON。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save a report that any browser shows.</source>
            <translation>保存一份任何浏览器都能打开的报告。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Class map</source>
            <translation>类别图</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Reference</source>
            <translation>参考</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Class field</source>
            <translation>类别字段</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save the report</source>
            <translation>保存报告</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>OA {value}</source>
            <translation>总体精度 {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>{count} reference pixels</source>
            <translation>{count} 个参考像元</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Map (rows) against reference (columns), pixels</source>
            <translation>地图（行）与参考（列），像元数</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>By class</source>
            <translation>各类别</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>The tables are on the clipboard.</source>
            <translation>表格已复制到剪贴板。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>There is no class raster in the project. Make one on the Map page.</source>
            <translation>工程中没有分类栅格。请在“制图”页生成一个。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>CSV files (*.csv)</source>
            <translation>CSV 文件 (*.csv)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>JSON files (*.json)</source>
            <translation>JSON 文件 (*.json)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>HTML files (*.html)</source>
            <translation>HTML 文件 (*.html)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>UrbanGrain: assessing {map}</source>
            <translation>UrbanGrain：正在评估 {map}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Saved {path}.</source>
            <translation>已保存 {path}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>kappa {value}</source>
            <translation>Kappa {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>mIoU {value}</source>
            <translation>mIoU {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>FWIoU {value}</source>
            <translation>FWIoU {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Whole layer</source>
            <translation>整个图层</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Map the whole image (default).</source>
            <translation>对整幅影像制图（默认）。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Map what the map canvas shows at the moment you press Run.</source>
            <translation>对按下“运行”时地图画布所显示的范围制图。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Polygons</source>
            <translation>多边形</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Map inside the polygons of a layer; everything else stays nodata.</source>
            <translation>只在某图层的多边形内制图；其余部分保持无数据。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>The polygon layer to map inside; any coordinate reference system.</source>
            <translation>限定制图范围的多边形图层；任意坐标参考系均可。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Selected features only</source>
            <translation>仅所选要素</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Use only the features that are selected now. Default: all features.</source>
            <translation>只使用当前选中的要素。默认：全部要素。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>There is no polygon layer in the project. Add one, or map the whole layer.</source>
            <translation>工程中没有多边形图层。请添加一个，或对整个图层制图。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>The map canvas shows nothing yet. Zoom to the image, or map the whole layer.</source>
            <translation>地图画布还没有显示内容。请缩放到影像，或对整个图层制图。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>{layer} has no coordinate reference system. Assign one first.</source>
            <translation>{layer} 没有坐标参考系。请先指定一个。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>No feature of {layer} is selected. Select some, or use all of them.</source>
            <translation>{layer} 没有选中的要素。请选择一些，或使用全部要素。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>{layer} holds no polygon to map inside.</source>
            <translation>{layer} 中没有可用于制图范围的多边形。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>Bands</source>
            <translation>波段</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>Which band of the image the model reads as which. Default: guessed from the band names.</source>
            <translation>影像的哪个波段作为模型的哪个波段。默认：根据波段名称推断。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>none yet</source>
            <translation>尚无</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>none (optional)</source>
            <translation>无（可选）</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>choose a band</source>
            <translation>选择波段</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>please choose</source>
            <translation>请选择</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>{bands} (yours)</source>
            <translation>{bands}（自选）</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>{bands}, matched by name</source>
            <translation>{bands}，按名称匹配</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>{bands}, in the usual order</source>
            <translation>{bands}，按常用顺序</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>Advanced</source>
            <translation>高级</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>A large parcel is looked at in this many places at most. More: steadier, slower. Default: 16.</source>
            <translation>大地块最多查看这么多个位置。越多：越稳定，越慢。默认：16。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>The same seed looks at the same places. Default: 0.</source>
            <translation>种子相同，则查看的位置相同。默认：0。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>Most patches</source>
            <translation>最多影像块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>{count} patches</source>
            <translation>{count} 个影像块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Classify</source>
            <translation>分类</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Classify the parcels in the background (Ctrl+Return).</source>
            <translation>在后台对地块分类 (Ctrl+Return)。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>The polygons to classify; any coordinate reference system.</source>
            <translation>要分类的多边形；任意坐标参考系均可。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>The model that classifies. The line below says what its card states.</source>
            <translation>用于分类的模型。下面一行是模型卡片的说明。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Parcels</source>
            <translation>地块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Choose an image, points of interest or the user density: one at least.</source>
            <translation>请选择影像、兴趣点或用户密度：至少一项。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>The engine found no model of parcels. Open one of your own beside the list.</source>
            <translation>引擎没有找到地块模型。请在列表旁打开您自己的模型。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Parcels to classify: {count}. They are told by: {sources}.</source>
            <translation>要分类的地块：{count}。依据：{sources}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Choose a model.</source>
            <translation>请选择模型。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>UrbanGrain: classifying {parcels}</source>
            <translation>UrbanGrain：正在对 {parcels} 分类</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>The land use of {parcels} is ready.</source>
            <translation>{parcels} 的土地利用已完成。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Add a polygon layer with parcels to the project, or cut some from streets.</source>
            <translation>请向工程添加带有地块的多边形图层，或用街道切分地块。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Clean-up</source>
            <translation>清理</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Patches of a class that are smaller join the class around them. 0 keeps everything. Default: 100 m².</source>
            <translation>小于此面积的图斑并入周围的类别。0 表示全部保留。默认：100 m²。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Holes inside a patch that are smaller are filled. 0 fills nothing. Default: 50 m².</source>
            <translation>图斑内小于此面积的孔洞将被填充。0 表示不填充。默认：50 m²。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Smallest patch</source>
            <translation>最小图斑</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Largest hole</source>
            <translation>最大孔洞</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>off</source>
            <translation>关闭</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>patches {patch}, holes {hole}</source>
            <translation>图斑 {patch}，孔洞 {hole}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>Curves of the training</source>
            <translation>训练曲线</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>Loss and accuracy appear here while the model learns.</source>
            <translation>模型学习时，损失和精度会显示在这里。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>Step</source>
            <translation>步数</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>OA</source>
            <translation>总体精度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>mIoU</source>
            <translation>mIoU</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>How many people are there in each hour of a day: a raster of 24 bands, or a table. Default: none.</source>
            <translation>一天中每小时的人数：24 个波段的栅格，或表格。默认：无。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Tables (*.csv *.tsv *.txt)</source>
            <translation>表格 (*.csv *.tsv *.txt)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Table</source>
            <translation>表格</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>A row a parcel: a column that names the parcel, and 24 columns of hours.</source>
            <translation>每个地块一行：一列标识地块，另有 24 列对应各小时。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>The field of the parcels that the table names them by; the table has it too.</source>
            <translation>表格用来标识地块的地块字段；表格中也须有该列。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Choose the table with the user density.</source>
            <translation>请选择用户密度表格。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Choose the field of the parcels that the table names them by.</source>
            <translation>请选择表格用来标识地块的字段。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>The table {table} has no column {field}. Choose a field of the parcels that it has too.</source>
            <translation>表格 {table} 没有列 {field}。请选择表格中也有的地块字段。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Table (CSV)…</source>
            <translation>表格 (CSV)…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>The table {table} is not there. Choose another.</source>
            <translation>没有表格 {table}。请另选一个。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/device_combo.py" />
            <source>What computes. Default: a GPU where the engine finds one, otherwise the CPU.</source>
            <translation>计算设备。默认：引擎找到 GPU 时用 GPU，否则用 CPU。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/device_combo.py" />
            <source>All GPUs</source>
            <translation>全部 GPU</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>The engine is training a model. This page goes on when the training ends; it can be stopped on the Train page.</source>
            <translation>引擎正在训练模型。训练结束或被停止（“训练”页）后，此页恢复可用。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Add a raster layer to map, or try the demo scene.</source>
            <translation>请添加要制图的栅格图层，或试用演示场景。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Add a raster layer</source>
            <translation>添加栅格图层</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Open QGIS's Data Source Manager at its raster page.</source>
            <translation>打开 QGIS 数据源管理器的栅格页。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Map</source>
            <translation>制图</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Map an image with a model</source>
            <translation>用模型对影像制图</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Cut parcels from streets, and classify their land use</source>
            <translation>用街道切分地块，并对其土地利用分类</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Accuracy</source>
            <translation>精度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Compare a map with reference polygons</source>
            <translation>将地图与参考多边形比较</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Train</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Fit a model to your own polygons or imagery</source>
            <translation>使模型适合您自己的多边形或影像</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Settings: the engine, devices and diagnostics</source>
            <translation>设置：引擎、设备和诊断</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>UrbanGrain: building the demo city</source>
            <translation>UrbanGrain：正在生成演示城市</translation>
        </message>
        <message>
            <location filename="../plugin/dock/empty_widget.py" />
            <source>Try the demo scene</source>
            <translation>试用演示场景</translation>
        </message>
        <message>
            <location filename="../plugin/dock/empty_widget.py" />
            <source>Build a small city of its own (a few seconds) with imagery, parcels and reference.</source>
            <translation>生成一座小型虚拟城市（几秒钟），含影像、地块和参考数据。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Pick an image and a model. The lines above Run say what will happen; mend what they mind.</source>
            <translation>选择影像和模型。“运行”上方的几行说明将会发生什么；如有问题请按提示处理。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Area</source>
            <translation>范围</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Map the whole layer, the present view, or the polygons of a layer. Pixels outside stay nodata.</source>
            <translation>对整个图层、当前视图或某图层的多边形制图。范围外的像元保持无数据。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Sampling</source>
            <translation>采样</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Flips and overlap make the map steadier and slower. The defaults suit most imagery.</source>
            <translation>翻转和重叠使结果更稳定，但更慢。默认值适合大多数影像。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Results</source>
            <translation>结果</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>They arrive as one group: classes, confidence, polygons and, if you chose parcels, parcels with class shares.</source>
            <translation>结果作为一个图层组加入：类别、置信度、多边形；若选择了地块，还有带类别占比的地块。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Cut parcels from a boundary by its roads, and say what their land is used for: from imagery, points of interest and user density, as far as you have them.</source>
            <translation>按道路从边界切分地块，并判断其用途：依据影像、兴趣点和用户密度，有什么用什么。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Compare a map with reference polygons: confusion matrix, overall accuracy, kappa, and scores per class.</source>
            <translation>将地图与参考多边形比较：混淆矩阵、总体精度、Kappa 和各类别得分。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Fine-tune a model with your own polygons, or adapt it to imagery without labels. The curves show how it learns; stop at any time and keep what it has learnt. The new model joins all lists.</source>
            <translation>用您自己的多边形微调模型，或使其适应无标注的影像（域适应）。曲线显示学习过程；可随时停止并保留已学到的内容。新模型会出现在所有列表中。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Engine</source>
            <translation>引擎</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>The work is done by a separate Python environment that is kept warm while QGIS runs. The gear shows where it is and installs it; the log panel's tab UrbanGrain has its messages.</source>
            <translation>计算由独立的 Python 环境完成，QGIS 运行期间保持待命。齿轮页显示其位置并可安装；其消息在日志面板的 UrbanGrain 标签页中。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Batch work</source>
            <translation>批量处理</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>The same jobs are in the Processing toolbox under UrbanGrain, and on the command line.</source>
            <translation>同样的任务也可在“处理工具箱”的 UrbanGrain 下和命令行中运行。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/job_panel.py" />
            <source>{layer} is being edited: its unsaved edits are included.</source>
            <translation>{layer} 正在编辑：未保存的修改也会包括在内。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>Labelled image: {text}</source>
            <translation>带标注影像：{text}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>Labelled image</source>
            <translation>带标注影像</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>An image like those that the model learnt from, with reference polygons, so that it does not forget.</source>
            <translation>与模型训练影像类似、并带有参考多边形的影像，用来防止模型遗忘。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>The labelled image. Default: none, and demo cities stand in.</source>
            <translation>带标注影像。默认：无，由演示城市代替。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>Image</source>
            <translation>影像</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>This model knows other classes or bands than the demo cities have. Choose a labelled image.</source>
            <translation>此模型的类别或波段与演示城市不同。请选择带标注影像。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>demo cities</source>
            <translation>演示城市</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>Live at {gsd}, without flips and clean-up. Press Run for the map itself.</source>
            <translation>实时显示，分辨率 {gsd}，不含翻转与清理。点击“运行”生成正式地图。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>Live view: asking the engine…</source>
            <translation>实时视图：正在请求引擎……</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>Zoomed out: seen at {gsd}, where the model is made for {low} to {high}. Zoom in to judge it.</source>
            <translation>视图已缩小：以 {gsd} 显示，而模型适用于 {low} 至 {high}。请放大后再判断。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>The map canvas shows nothing yet. Zoom to the image.</source>
            <translation>地图画布中还没有内容。请缩放到影像。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>The view lies outside the image.</source>
            <translation>视图位于影像之外。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>Live view: {done} of {total} tiles</source>
            <translation>实时视图：{done} / {total} 块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_widget.py" />
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_widget.py" />
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_widget.py" />
            <source>How opaque the tiles are; less lets the image shine through. Default: 80 %.</source>
            <translation>图块的不透明度；调低可透出底层影像。默认：80 %。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Cut parcels</source>
            <translation>切分地块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Cut the parcels in the background (Ctrl+Return).</source>
            <translation>在后台切分地块 (Ctrl+Return)。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>The polygons to cut, such as a city's border. Borders between them are borders of parcels too.</source>
            <translation>要切分的多边形，例如城市边界。多边形之间的边界也是地块的边界。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Lines that cut; any coordinate reference system. What lies in tunnels does not cut.</source>
            <translation>用于切分的线；任意坐标参考系均可。隧道内的部分不参与切分。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>The field with the class of a road, such as highway. Empty: all roads are equally wide.</source>
            <translation>存放道路类别的字段，例如 highway。留空：所有道路同宽。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Boundary</source>
            <translation>边界</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Roads</source>
            <translation>道路</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>The field {field} has more than {count} values. Choose one that holds classes.</source>
            <translation>字段 {field} 的值超过 {count} 个。请选择存放类别的字段。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>All roads are {width} wide, because no class field is chosen.</source>
            <translation>未选择类别字段，因此所有道路均宽 {width}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>{boundary} (polygons: {polygons}) is cut by {roads} (lines: {lines}).</source>
            <translation>{boundary}（多边形：{polygons}）将由 {roads}（线：{lines}）切分。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>UrbanGrain: cutting parcels of {boundary}</source>
            <translation>UrbanGrain：正在切分 {boundary} 的地块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>The parcels of {boundary} are ready.</source>
            <translation>{boundary} 的地块已完成。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Add a polygon layer with the boundary to the project.</source>
            <translation>请向工程添加带有边界的多边形图层。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Add a line layer with roads to the project.</source>
            <translation>请向工程添加带有道路的线图层。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The imagery to map: any coordinate reference system, bands and bit depth.</source>
            <translation>要制图的影像：任意坐标参考系、波段和位深。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The model that makes the map. The line below says what its card states.</source>
            <translation>用于制图的模型。下面一行是模型卡片的说明。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Parcels to summarise: each gets its class shares, dominant class and purity. Default: none.</source>
            <translation>要汇总的地块：每个地块得到类别占比、主导类别和纯度。默认：无。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Run</source>
            <translation>运行</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Make the map in the background; QGIS stays free (Ctrl+Return).</source>
            <translation>在后台制图，QGIS 可继续使用 (Ctrl+Return)。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Live view</source>
            <translation>实时视图</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Map what the canvas shows as you move, to look at and not to keep (Ctrl+L). Default: off.</source>
            <translation>随移动对画布所示范围制图，仅供查看，不保存（Ctrl+L）。默认：关。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Map all rasters of a folder, a list or some layers, and put them together.</source>
            <translation>对文件夹、列表或若干图层中的所有栅格制图，并拼接在一起。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Open settings</source>
            <translation>打开设置</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Choose, install or check the engine.</source>
            <translation>选择、安装或检查引擎。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Many scenes are mapped by QGIS's Processing, which is switched off (Plugins &gt; Manage and Install).</source>
            <translation>批量制图由 QGIS 的 Processing 完成，而它当前未启用（插件 &gt; 管理并安装）。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The live view shows classes, and this model gives values. Press Run.</source>
            <translation>实时视图显示类别，而此模型给出数值。请点击“运行”。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>UrbanGrain: mapping {image}</source>
            <translation>UrbanGrain：正在对 {image} 制图</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The map of {image} is ready.</source>
            <translation>{image} 的地图已完成。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Many scenes…</source>
            <translation>批量影像……</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Mapping</source>
            <translation>对应关系</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Which class each value of the field means. Values without a class are left out.</source>
            <translation>字段的每个值对应哪个类别。没有类别的值将被略去。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Class</source>
            <translation>类别</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>not used</source>
            <translation>不使用</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>the field has no values</source>
            <translation>字段没有值</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>{matched} of {count} matched</source>
            <translation>已匹配 {matched} / {count}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Class of {value}</source>
            <translation>{value} 的类别</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>Confusion matrix: rows are the map, columns the reference</source>
            <translation>混淆矩阵：行为地图，列为参考</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>map \ reference</source>
            <translation>地图 \ 参考</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>{pixels} pixels of {reference} were mapped as {mapped}: {share} of {reference}.</source>
            <translation>{reference} 中有 {pixels} 个像元被制为 {mapped}：占 {reference} 的 {share}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>Reference: {name}</source>
            <translation>参考：{name}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>Map: {name}</source>
            <translation>地图：{name}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Models (*.onnx *.json)</source>
            <translation>模型 (*.onnx *.json)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>any resolution</source>
            <translation>任意分辨率</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>sharper imagery</source>
            <translation>超分辨率影像</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Use a model of your own: an .onnx file (also one made for Deepness) or a model card</source>
            <translation>使用您自己的模型：.onnx 文件（包括为 Deepness 制作的）或模型卡</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Asking the engine…</source>
            <translation>正在询问引擎…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>No models</source>
            <translation>没有模型</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Model file</source>
            <translation>模型文件</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>The engine found no model.</source>
            <translation>引擎没有找到模型。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{number} m</source>
            <translation>{number} 米</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{low}–{high} m</source>
            <translation>{low}–{high} 米</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>values: {names}</source>
            <translation>数值：{names}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{count} classes</source>
            <translation>{count} 个类别</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>({band})</source>
            <translation>（{band}）</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{accuracy} on {data}</source>
            <translation>{accuracy}（{data}）</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>More images</source>
            <translation>更多影像</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>Further images of the same place or sensor, with their bands in the same order.</source>
            <translation>同一地区或同一传感器的其他影像，波段顺序相同。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>One after the other</source>
            <translation>逐幅进行</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>Adapt to each image in turn, each time from the last one's model. Default: to all of them together.</source>
            <translation>逐幅适应各影像，每次从上一幅得到的模型开始。默认：同时适应全部影像。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>There is no further image in the project.</source>
            <translation>工程中没有其他影像。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>{count}, one after the other</source>
            <translation>{count} 幅，逐幅</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>{count}, together</source>
            <translation>{count} 幅，同时</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Outputs</source>
            <translation>输出</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Confidence raster</source>
            <translation>置信度栅格</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>How sure the model is of each pixel, 0 to 100 %. Default: on.</source>
            <translation>模型对每个像元的把握，0 到 100 %。默认：开。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>The map as polygons with class, area and mean confidence. Default: on.</source>
            <translation>以多边形表示的地图，含类别、面积和平均置信度。默认：开。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Probabilities of each class</source>
            <translation>各类别概率</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>One raster band a class. Large. Default: off.</source>
            <translation>每个类别一个波段，文件较大。默认：关。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>temporary folder</source>
            <translation>临时文件夹</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Where the files go. Empty: a temporary folder that QGIS deletes when it closes.</source>
            <translation>文件保存位置。留空：QGIS 关闭时删除的临时文件夹。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>from the image's name</source>
            <translation>取自影像名称</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>How the files' names begin. A number is added rather than replacing files that exist.</source>
            <translation>文件名的开头。如已有同名文件，则添加编号而不替换。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>values</source>
            <translation>数值</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>classes</source>
            <translation>类别</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>confidence</source>
            <translation>置信度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>polygons</source>
            <translation>多边形</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>probabilities</source>
            <translation>概率</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Temporary: the files are deleted when QGIS closes. Choose a folder to keep them.</source>
            <translation>临时：QGIS 关闭时文件将被删除。如需保留，请选择文件夹。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>The output folder {folder} does not exist. Create it, or choose another.</source>
            <translation>输出文件夹 {folder} 不存在。请创建，或另选一个。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>The output folder {folder} is read-only. Choose another.</source>
            <translation>输出文件夹 {folder} 是只读的。请另选一个。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>temporary</source>
            <translation>临时</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>no limit</source>
            <translation>不限</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Shape and size</source>
            <translation>形状和大小</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source> m</source>
            <translation> 米</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Parcels are shrunk and grown again by this: what is narrower than twice as much goes, such as slivers and necks. 0: nothing goes. Default: 5 m.</source>
            <translation>地块先收缩、再扩张此距离：窄于其两倍的部分将消失，例如碎条和细颈。0：不去除。默认：5 米。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Smaller parcels are left out. Default: none are.</source>
            <translation>更小的地块将被略去。默认：不略去。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Larger parcels are left out. Default: none are.</source>
            <translation>更大的地块将被略去。默认：不略去。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Opening</source>
            <translation>开运算</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Smallest parcel</source>
            <translation>最小地块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Largest parcel</source>
            <translation>最大地块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>No parcel fits: the largest area is not above the smallest.</source>
            <translation>没有地块符合条件：最大面积不大于最小面积。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>opening {width}</source>
            <translation>开运算 {width}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>{low} to {high}</source>
            <translation>{low} 至 {high}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>any size</source>
            <translation>不限大小</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>from {area}</source>
            <translation>不小于 {area}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>up to {area}</source>
            <translation>不大于 {area}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Imagery that the parcels are looked at in. Default: none.</source>
            <translation>用于查看地块的影像。默认：无。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Shops, schools, stations and the like, as points or polygons of OpenStreetMap or Gaode. Default: none.</source>
            <translation>商店、学校、车站等，OpenStreetMap 或高德的点或多边形。默认：无。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>The field with OpenStreetMap tags or values, or Gaode types or codes.</source>
            <translation>存放 OpenStreetMap 标签或值、或高德类型或编码的字段。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>A class map whose shares are written beside the land use; it tells the model nothing. Default: none.</source>
            <translation>类别图，其类别占比与土地利用一并写出；不作为模型的输入。默认：无。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Points of interest</source>
            <translation>兴趣点</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Category</source>
            <translation>类别</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>User density</source>
            <translation>用户密度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Key</source>
            <translation>关联字段</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Land-cover map</source>
            <translation>土地覆盖图</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>image</source>
            <translation>影像</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>points of interest</source>
            <translation>兴趣点</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>user density</source>
            <translation>用户密度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Choose the field with the category of the points of interest.</source>
            <translation>请选择存放兴趣点类别的字段。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>{layer} lies elsewhere: it says nothing about these parcels.</source>
            <translation>{layer} 位于别处：未提供这些地块的信息。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>Output</source>
            <translation>输出</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>GeoPackage (*.gpkg)</source>
            <translation>GeoPackage (*.gpkg)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>temporary file</source>
            <translation>临时文件</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>The GeoPackage to write. A file that exists is not replaced: the new one gets a number. Default: a temporary file that QGIS deletes when it closes.</source>
            <translation>要写入的 GeoPackage。不替换已有文件：新文件会加上编号。默认：QGIS 关闭时删除的临时文件。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>{taken} exists and stays: the new file is {free}.</source>
            <translation>{taken} 已存在并将保留：新文件为 {free}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>Temporary: the file is deleted when QGIS closes. Choose one to keep it.</source>
            <translation>临时：QGIS 关闭时文件将被删除。如需保留，请选择文件。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Parcels are polygons of your own, or are cut from a boundary (polygons) by roads (lines). Add such layers, or try the demo scene.</source>
            <translation>地块可以是您自己的多边形，也可以用道路（线）从边界（多边形）中切分。请添加此类图层，或试用演示场景。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Add a polygon layer</source>
            <translation>添加多边形图层</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Open QGIS's Data Source Manager at its vector page.</source>
            <translation>打开 QGIS 数据源管理器的矢量页。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Task</source>
            <translation>任务</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Cut from streets</source>
            <translation>用街道切分</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Make parcels from a boundary and its roads.</source>
            <translation>由边界及其道路生成地块。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Say what the land of parcels is used for.</source>
            <translation>判断地块的土地用途。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Pieces left out, too narrow or out of the range of areas: {count}.</source>
            <translation>因过窄或面积超出范围而略去的碎块：{count}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Zoom the map canvas to the result.</source>
            <translation>将地图画布缩放到结果。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>By quality</source>
            <translation>按质量</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Colour the layer by how sure its labels are, or by class again.</source>
            <translation>按标签的可靠程度为图层着色，或改回按类别着色。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Go on with these parcels: say what their land is used for.</source>
            <translation>继续处理这些地块：判断其土地用途。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Open the folder with the file that was made.</source>
            <translation>打开生成文件所在的文件夹。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Cut {count} parcels ({area}) by {roads} roads in {time}.</source>
            <translation>已用 {roads} 条道路切分出 {count} 个地块（{area}），用时 {time}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Classified {count} of {parcels} parcels in {time} on {device}.</source>
            <translation>已对 {parcels} 个地块中的 {count} 个分类：用时 {time}，设备 {device}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Quality 4 to 5 (probability from 0.9): {count} ({share}).</source>
            <translation>质量 4 至 5（概率不低于 0.9）：{count}（{share}）。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>By land use</source>
            <translation>按用途</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>{source} ({count})</source>
            <translation>{source}（{count}）</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Used: {sources}.</source>
            <translation>使用了：{sources}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Cancelled. Nothing was left behind.</source>
            <translation>已取消，没有留下任何文件。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/preflight.py" />
            <source>Looking at the image…</source>
            <translation>正在查看影像…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Stop now. Nothing half-made is left behind.</source>
            <translation>立即停止。不会留下任何半成品。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Starting the engine</source>
            <translation>正在启动引擎</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>{time} so far</source>
            <translation>已用 {time}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>{time} left</source>
            <translation>剩余 {time}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>Polygons whose class is known; any coordinate reference system.</source>
            <translation>类别已知的多边形；任意坐标参考系均可。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>The field that says which class a polygon is.</source>
            <translation>说明多边形属于哪一类的字段。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>Add a polygon layer with reference classes to the project.</source>
            <translation>请向工程添加带有参考类别的多边形图层。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>Matching the values with the classes…</source>
            <translation>正在将字段值与类别匹配…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>No value is matched to a class. Open Mapping and choose classes.</source>
            <translation>没有任何值与类别匹配。请展开“对应关系”并选择类别。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>{layer} has no field with classes.</source>
            <translation>{layer} 没有类别字段。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>Left out, because no class is chosen: {values}.</source>
            <translation>因未选择类别而略去：{values}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Compare this map with reference polygons on the Accuracy page.</source>
            <translation>在“精度”页将此地图与参考多边形比较。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Open the folder with the files that were made.</source>
            <translation>打开生成文件所在的文件夹。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Continue</source>
            <translation>继续</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Go on with the interrupted run: what was mapped is not mapped again.</source>
            <translation>继续中断的运行：已制图的部分不再重复制图。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>parcels</source>
            <translation>地块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Made {outputs} of {size} Mpx in {time} on {device} ({rate}).</source>
            <translation>已生成 {outputs}：{size} Mpx，用时 {time}，设备 {device}（{rate}）。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Road widths</source>
            <translation>道路宽度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>How much each class of road takes off, in metres of the whole roadbed.</source>
            <translation>各类道路占去的宽度，以米计，指整个路幅的宽度。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Width of the whole roadbed in metres; 0 does not cut. Double-click or type to change one. Default: usual widths of OpenStreetMap's classes.</source>
            <translation>整个路幅的宽度，以米计；0 表示不切分。双击或直接输入即可修改。默认：OpenStreetMap 各类别的常用宽度。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Width of roads without a class, or of a class that has no usual width. Default: 6 m.</source>
            <translation>没有类别的道路，或其类别没有常用宽度的道路的宽度。默认：6 米。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Usual widths</source>
            <translation>常用宽度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Forget all changes of the table.</source>
            <translation>放弃对表格的全部修改。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Other roads</source>
            <translation>其他道路</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>does not cut</source>
            <translation>不切分</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>This class has no usual width: it counts as one of the other roads.</source>
            <translation>此类别没有常用宽度：按其他道路处理。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>as usual</source>
            <translation>均为常用值</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Usual width: {width}</source>
            <translation>常用宽度：{width}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>all {width}</source>
            <translation>均为 {width}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>{count} changed</source>
            <translation>已改 {count} 个</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>as the model</source>
            <translation>与模型相同</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source> px</source>
            <translation> 像素</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Side of the window that the model sees at once. Larger: more context and memory. Default: the model's.</source>
            <translation>模型一次看到的窗口边长。越大：上下文越多，内存占用越大。默认：与模型相同。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Share of a window that its neighbour covers again. More: smoother seams, slower. Default: 25 %.</source>
            <translation>相邻窗口重叠的比例。越大：接缝越平滑，越慢。默认：25 %。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>How overlapping windows are joined. Default: Gaussian weights, which trust a window's centre most.</source>
            <translation>重叠窗口的拼接方式。默认：高斯权重，最信任窗口中心。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Each window is also seen mirrored and the answers are averaged: steadier, and that many times slower. Default: 4 flips.</source>
            <translation>每个窗口还以镜像方式预测并取平均：更稳定，但成倍变慢。默认：4 次翻转。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Number format on the device. Default: 16 bit on GPUs that are built for it.</source>
            <translation>设备上的数值格式。默认：在支持的 GPU 上使用 16 位。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>What runs the network. Default: for large maps, whichever a short trial on this computer finds faster.</source>
            <translation>由什么运行网络。默认：制作大幅地图时，采用在本机短暂试运行中更快的一个。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Window</source>
            <translation>窗口</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Overlap</source>
            <translation>重叠</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Blending</source>
            <translation>融合</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Flips</source>
            <translation>翻转</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Precision</source>
            <translation>数值精度</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Backend</source>
            <translation>运行后端</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>model's window</source>
            <translation>模型窗口</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>{number} %</source>
            <translation>{number} %</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>{count} px</source>
            <translation>{count} 像素</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Scores of each class</source>
            <translation>各类别得分</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Class of the map</source>
            <translation>地图的类别</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>UA</source>
            <translation>UA</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>User's accuracy (precision): share of what is mapped as the class that is right</source>
            <translation>用户精度（精确率）：被制为该类的像元中正确的比例</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>PA</source>
            <translation>PA</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Producer's accuracy (recall): share of the class's reference that was found</source>
            <translation>生产者精度（召回率）：该类参考像元中被找到的比例</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Harmonic mean of user's and producer's accuracy</source>
            <translation>用户精度与生产者精度的调和平均</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Intersection over union</source>
            <translation>交并比</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Pixels</source>
            <translation>像元</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Reference pixels of the class</source>
            <translation>该类的参考像元数</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>found by itself</source>
            <translation>自动查找</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Python interpreter or environment folder that runs the engine. Default: the one that is installed.</source>
            <translation>运行引擎的 Python 解释器或环境文件夹。默认：已安装的环境。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Restart and check</source>
            <translation>重启并检查</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>End the engine's process, start a fresh one and ask it how it is.</source>
            <translation>结束引擎进程，启动新的进程并检查其状态。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>With support for NVIDIA GPUs</source>
            <translation>支持 NVIDIA GPU</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Also installs the CUDA libraries: a larger download. Needs uv. Default: off.</source>
            <translation>同时安装 CUDA 库：下载量更大。需要 uv。默认：关。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Install engine</source>
            <translation>安装引擎</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Make a Python environment for the engine in your QGIS profile. No administrator rights are needed.</source>
            <translation>在您的 QGIS 配置文件夹中为引擎创建 Python 环境。不需要管理员权限。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Copy these lines, to paste them into a problem report.</source>
            <translation>复制这些内容，以便粘贴到问题报告中。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Installation</source>
            <translation>安装</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Diagnostics</source>
            <translation>诊断</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Not installed.</source>
            <translation>未安装。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>There is no Python at the place given below.</source>
            <translation>下面给出的位置没有 Python。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>The last installation was not finished. Install again: it starts afresh.</source>
            <translation>上次安装没有完成。请重新安装：将从头开始。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>{step} ({number} of {count})…</source>
            <translation>{step}（{number} / {count}）…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Takes about {need} in {folder} ({free} free) and a download of several minutes.</source>
            <translation>约需 {need}，位于 {folder}（可用 {free}），下载需几分钟。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Installed. It starts when it is first needed.</source>
            <translation>已安装。首次使用时启动。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>There is too little free space: {need} are needed. Free some and try again.</source>
            <translation>可用空间不足：需要 {need}。请腾出空间后重试。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Version {version}, running on: {devices}.</source>
            <translation>版本 {version}，运行于：{devices}。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>as the recipe</source>
            <translation>按训练方案</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>How often every training tile is seen, if time allows. Default: the recipe of the model's network.</source>
            <translation>在时间允许时，每个训练图块被学习的次数。默认：按模型所用网络的训练方案。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Steps for each round, if time allows. Default: the recipe's.</source>
            <translation>在时间允许时，每次适应的步数。默认：按训练方案。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Side of a training tile. Larger: more context and memory. Default: the recipe's.</source>
            <translation>训练图块的边长。越大：上下文越多，内存占用越大。默认：按训练方案。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Tiles that are learnt from at once. More: steadier, more memory. Default: as many as the recipe says.</source>
            <translation>一次同时学习的图块数。越多：越稳定，内存占用越大。默认：按训练方案。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>How much a step changes. Too large: the loss jumps. Default: the recipe's.</source>
            <translation>每一步的更新幅度。过大：损失会跳动。默认：按训练方案。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Share of the polygons, by place, that is kept to measure the model and not learnt from. Default: 25 %.</source>
            <translation>按位置留出、用于检验模型而不参与学习的多边形比例。默认：25 %。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>a share of the polygons</source>
            <translation>部分多边形</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Polygons of the same image to measure the model on, with values as in the mapping. Default: none.</source>
            <translation>同一影像上用于检验模型的多边形，字段值须与对应关系一致。默认：无。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>The field that says which class a validation polygon is.</source>
            <translation>说明验证多边形属于哪一类的字段。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>The same seed gives the same division, order and variation of tiles. Default: 0.</source>
            <translation>种子相同，则图块的划分、顺序和增强变换相同。默认：0。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Epochs</source>
            <translation>训练轮数</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Tile</source>
            <translation>图块</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Batch</source>
            <translation>批大小</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Validation</source>
            <translation>验证</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Its field</source>
            <translation>类别字段</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Share</source>
            <translation>验证比例</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>A training tile needs at least {count} pixels.</source>
            <translation>训练图块至少需要 {count} 像素。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>{count} steps</source>
            <translation>{count} 步</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>batch {count}</source>
            <translation>批大小 {count}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>rate {value}</source>
            <translation>学习率 {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>validated on {layer}</source>
            <translation>用 {layer} 验证</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>{count} epochs</source>
            <translation>{count} 轮</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>{number} % held out</source>
            <translation>留出 {number} %</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Fine-tune with my polygons</source>
            <translation>用我的多边形微调</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Teach a model with reference polygons of your own image (default).</source>
            <translation>用您自己影像上的参考多边形训练模型（默认）。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Adapt to this image without labels</source>
            <translation>适应此影像，无需标注</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Fit a model to the look of another place or sensor; no polygons of it are needed.</source>
            <translation>使模型适应其他地区或传感器的影像特征；不需要那里的多边形。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>The model to start from; it stays as it is.</source>
            <translation>作为起点的模型；它本身保持不变。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>The imagery to learn from: any coordinate reference system, bands and bit depth.</source>
            <translation>用于学习的影像：任意坐标参考系、波段和位深。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Start from</source>
            <translation>起始模型</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>{model} cannot be trained: it gives no classes, or its weights are a finished ONNX file.</source>
            <translation>{model} 无法训练：需要类别和自身的权重，而 ONNX 文件不具备。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Stopping; what was learnt is saved…</source>
            <translation>正在停止；正在保存已学到的内容…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>There is no image in the project. Add a raster layer, or try the demo scene on the Map page.</source>
            <translation>工程中没有影像。请添加栅格图层，或在“制图”页试用演示场景。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>UrbanGrain: adapting {model}</source>
            <translation>UrbanGrain：正在对 {model} 做域适应</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Labelled images</source>
            <translation>带标注影像</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>UrbanGrain: training {model}</source>
            <translation>UrbanGrain：正在训练 {model}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Make the model in the background; QGIS stays free (Ctrl+Return).</source>
            <translation>在后台生成模型，QGIS 可继续使用 (Ctrl+Return)。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Stop and keep</source>
            <translation>停止并保留</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Stop and keep the best</source>
            <translation>停止并保留最佳</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>End now; the new model has the weights as they are.</source>
            <translation>立即结束；新模型采用当前的权重。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>End now; the new model has the best weights so far.</source>
            <translation>立即结束；新模型采用目前最佳的权重。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Kept: {values}</source>
            <translation>已保留：{values}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>The model {title} is ready.</source>
            <translation>模型 {title} 已完成。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Adapt</source>
            <translation>域适应</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Map with it</source>
            <translation>用它制图</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Go to the Map page, where the new model is chosen.</source>
            <translation>转到“制图”页，新模型已在那里选中。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Open the folder of the model: card, weights, and the curves as a table.</source>
            <translation>打开模型文件夹：模型卡、权重以及曲线数据表。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Go on with the interrupted training from its last saved state.</source>
            <translation>从最后保存的进度继续中断的训练。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Stopped before the model had learnt anything. Nothing was left behind.</source>
            <translation>在模型学到任何内容之前已停止，没有留下任何文件。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>What the new model is called in the lists. Default: after the model and the image.</source>
            <translation>新模型在列表中的名称。默认：取自模型和影像的名称。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>my models, in the QGIS profile</source>
            <translation>我的模型，位于 QGIS 配置文件夹</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source> min</source>
            <translation> 分钟</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>When learning ends at the latest; you can stop it at any time before. 0: no limit. Default: 15 min.</source>
            <translation>学习最迟何时结束；在此之前可随时停止。0：不限。默认：15 分钟。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>Time limit</source>
            <translation>时间上限</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>Give the new model a name with letters or digits.</source>
            <translation>请为新模型取一个含字母、汉字或数字的名称。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>Where the model's folder is made. Empty: in your QGIS profile ({folder}).</source>
            <translation>创建模型文件夹的位置。留空：您的 QGIS 配置文件夹（{folder}）。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>{model}, {image}</source>
            <translation>{model}，{image}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>The folder {folder} cannot be made: {reason}. Choose another.</source>
            <translation>无法创建文件夹 {folder}：{reason}。请另选一个。</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>There is a model {name} already. Choose another name.</source>
            <translation>已有模型 {name}。请另选名称。</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>pyproject.toml lists no requirements. Install the plugin again.</source>
            <translation>pyproject.toml 没有列出依赖。请重新安装插件。</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>QGIS's Python interpreter was not found. Install uv, then try again.</source>
            <translation>没有找到 QGIS 的 Python 解释器。请安装 uv 后重试。</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>Making the environment</source>
            <translation>正在创建环境</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>Installing the packages</source>
            <translation>正在安装软件包</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>Checking</source>
            <translation>正在检查</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The installation was cancelled.</source>
            <translation>安装已取消。</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The engine needs Python 3.10 and QGIS has {version}. Install uv, then try again.</source>
            <translation>引擎需要 Python 3.10，而 QGIS 的版本是 {version}。请安装 uv 后重试。</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>That failed; trying the usual package index alone, a larger download.</source>
            <translation>失败；改为仅使用常规软件包源（下载量更大）。</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>{program} could not be started.</source>
            <translation>无法启动 {program}。</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The old engine could not be removed: {reason}</source>
            <translation>无法删除旧引擎：{reason}</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The engine is installed.</source>
            <translation>引擎已安装。</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>{step} failed. The lines above say why; run it again when mended.</source>
            <translation>{step} 失败。原因见上面的输出；处理后请重新运行。</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo city</source>
            <translation>演示城市</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo boundary</source>
            <translation>演示边界</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo parcels</source>
            <translation>演示地块</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo roads</source>
            <translation>演示道路</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo points of interest</source>
            <translation>演示兴趣点</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo reference</source>
            <translation>演示参考</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo user density</source>
            <translation>演示用户密度</translation>
        </message>
        <message>
            <location filename="../plugin/layers/parcels.py" />
            <source>Land use</source>
            <translation>土地利用</translation>
        </message>
        <message>
            <location filename="../plugin/layers/parcels.py" />
            <source>Quality</source>
            <translation>质量</translation>
        </message>
        <message>
            <location filename="../plugin/layers/parcels.py" />
            <source>{boundary} · parcels</source>
            <translation>{boundary} · 地块</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>Confidence</source>
            <translation>置信度</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>Probabilities</source>
            <translation>概率</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>made by UrbanGrain</source>
            <translation>由 UrbanGrain 生成</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>{image} sharpened</source>
            <translation>{image} 超分辨率</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>{image} classes</source>
            <translation>{image} 类别</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a raster layer.</source>
            <translation>请选择栅格图层。</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a polygon layer.</source>
            <translation>请选择多边形图层。</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a line layer.</source>
            <translation>请选择线图层。</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a layer of points or polygons.</source>
            <translation>请选择点或多边形图层。</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} is a web or database layer. Save it as a file first (Export &gt; Save As).</source>
            <translation>{layer} 是网络或数据库图层。请先将其另存为文件（导出 &gt; 另存为）。</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} is not a polygon layer.</source>
            <translation>{layer} 不是多边形图层。</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} is not a line layer.</source>
            <translation>{layer} 不是线图层。</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} has neither points nor polygons.</source>
            <translation>{layer} 既没有点，也没有多边形。</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} could not be copied: {reason}</source>
            <translation>无法复制 {layer}：{reason}</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>0: nothing known</source>
            <translation>0：没有任何信息</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>1: too large to judge</source>
            <translation>1：过大，无法判断</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>2: probability below 0.6</source>
            <translation>2：概率低于 0.6</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>3: probability from 0.6</source>
            <translation>3：概率不低于 0.6</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>4: probability from 0.9</source>
            <translation>4：概率不低于 0.9</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>5: probability from 0.99</source>
            <translation>5：概率不低于 0.99</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>not mapped</source>
            <translation>未制图</translation>
        </message>
        <message>
            <location filename="../plugin/main.py" />
            <source>UrbanGrain: map imagery and check the map</source>
            <translation>UrbanGrain：影像制图与精度检查</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Adapt a model without labels</source>
            <translation>无标注域适应</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Fits a model to the look of another place or sensor: it learns to make maps of the new images that cannot be told from its maps of labelled ones. No polygons of the new images are needed, and so how accurate the model is there is not known: compare the maps of both models.

Labelled image: one of the kind that the model learnt from, with reference polygons, so that it does not forget. Without one, demo cities stand in where the model's classes and bands are those of landcover.

Cancel ends the adaptation and keeps the weights as they are.

Folder: its name is the new model's id. A folder in the models folder of your QGIS profile is listed in the dock.</source>
            <translation>使模型适应其他地区或传感器的影像特征：模型学习为新影像制作出与带标注影像的地图无法区分的地图。不需要新影像的多边形，因此模型在那里的精度未知：请比较两个模型的地图。

带标注影像：与模型训练影像同类、并带有参考多边形的影像，用来防止模型遗忘。若不提供，而模型的类别和波段与 landcover 相同，则由演示城市代替。

“取消”会结束域适应，并保留当前的权重。

文件夹：其名称即新模型的标识。位于 QGIS 配置文件夹的模型文件夹中的模型会列在面板中。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>One image after the other, each from the last one's model</source>
            <translation>逐幅适应，每幅从上一幅得到的模型开始</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Steps for each round (0: as the recipe)</source>
            <translation>每次适应的步数（0：按训练方案）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Its reference polygons</source>
            <translation>其参考多边形</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Their class field</source>
            <translation>其类别字段</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Its bands</source>
            <translation>带标注影像的波段</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Images to adapt to</source>
            <translation>要适应的目标影像</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Assess accuracy</source>
            <translation>精度评估</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Compares a class raster with reference polygons: confusion matrix, overall accuracy, kappa, mean and frequency-weighted IoU; precision (user's), recall (producer's), F1 and IoU of each class.

Mapping: JSON such as {"park": 3, "lake": 1} from values of the field to class values. Empty: guessed by name. Values without a class are left out and counted.</source>
            <translation>将分类栅格与参考多边形比较：混淆矩阵、总体精度、Kappa、平均和频率加权 IoU；各类别的精确率（用户精度）、召回率（生产者精度）、F1 和 IoU。

对应关系：从字段值到类别值的 JSON，例如 {"park": 3, "lake": 1}。留空：按名称推断。没有类别的值将被略去并计数。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Class raster</source>
            <translation>分类栅格</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Mapping (JSON)</source>
            <translation>对应关系 (JSON)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Overall accuracy</source>
            <translation>总体精度</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Kappa</source>
            <translation>Kappa</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Mean IoU</source>
            <translation>平均 IoU</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Frequency-weighted IoU</source>
            <translation>频率加权 IoU</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>FWIoU</source>
            <translation>FWIoU</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Classify parcels</source>
            <translation>地块分类</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Says what parcels are used for: residential, commercial, public, industrial, or agricultural and natural. It looks at image patches inside a parcel, at its points of interest, and at how many people are there in each hour of a day. Give one of the three at least; the more, the better. Each parcel says which were used.

The result has the probability of each class, the land use, its confidence, the entropy (0: sure, 1: no idea), a quality from 0 to 5, area and size group. Two styles come with it: by land use and by quality.

Model: an id such as parcels, or the path of a model folder or card.
Category: the field with OpenStreetMap tags or values, or Gaode types or codes.
User density: a raster of 24 bands, or a CSV table with a column of the parcels' key and 24 of hours.
Class raster: its shares are written beside the prediction.
Bands: numbers of the image's bands in the model's order, such as 1,2,3. Empty: guessed from their names.</source>
            <translation>判断地块的用途：居住、商业、公共、工业，或农业与自然。依据地块内的影像块、兴趣点，以及一天中每小时的人数。三者至少提供一项，越多越好。每个地块都注明使用了哪些数据。

结果包含各类别的概率、土地利用、置信度、熵（0：确定，1：完全不确定）、0 到 5 的质量、面积和大小分组。并附带两种样式：按土地利用和按质量。

模型：如 parcels 的标识，或模型文件夹或模型卡的路径。
类别：存放 OpenStreetMap 标签或值、或高德类型或编码的字段。
用户密度：24 个波段的栅格，或 CSV 表格，其中一列为地块的关联字段，24 列对应各小时。
分类栅格：其类别占比与预测结果一并写出。
波段：按模型顺序给出影像的波段号，如 1,2,3。留空：按波段名称猜测。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Category of the points of interest</source>
            <translation>兴趣点的类别</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>User density (table)</source>
            <translation>用户密度（表格）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Key of the parcels in the table</source>
            <translation>地块与表格的关联字段</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Most image patches of a parcel</source>
            <translation>每个地块最多的影像块数</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Seed of the patches' places</source>
            <translation>影像块位置的种子</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>User density (raster of 24 bands)</source>
            <translation>用户密度（24 个波段的栅格）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Device (auto, cpu, cuda, cuda:0)</source>
            <translation>设备（auto、cpu、cuda、cuda:0）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Classified parcels</source>
            <translation>已分类的地块</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Number of parcels</source>
            <translation>地块数</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Parcels with a land use</source>
            <translation>有土地利用类别的地块</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Give the user density as a raster or as a table, not as both.</source>
            <translation>请以栅格或表格之一提供用户密度，不要同时提供。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Give an image, points of interest or the user density: one at least.</source>
            <translation>请提供影像、兴趣点或用户密度：至少一项。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Build the demo city</source>
            <translation>生成演示城市</translation>
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Builds a procedural city, the same for the same seed: 4-band imagery, exact class truth, reference polygons as a person would draw them, roads, boundary, and parcels. Good for trying things out.</source>
            <translation>生成一座程序化的城市，种子相同则结果相同：4 波段影像、精确的类别真值、如人工绘制的参考多边形、道路、边界和地块。适合试用。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Size (px)</source>
            <translation>大小（像素）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Pixel size (m)</source>
            <translation>像元大小（米）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Export a model as ONNX</source>
            <translation>将模型导出为 ONNX</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Writes a model as an ONNX file for other software, and its card (a STAC Item) beside it. Original and copy are compared on random windows; the log says how far apart they are. The copy can be chosen as a model here too.</source>
            <translation>将模型写为供其他软件使用的 ONNX 文件，并在旁边写出其模型卡（STAC Item）。在随机窗口上比较原模型与副本，日志中给出二者的差异。副本也可在此处选作模型。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>ONNX file</source>
            <translation>ONNX 文件</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Model card</source>
            <translation>模型卡</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Largest difference of a probability</source>
            <translation>概率的最大差异</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>ONNX (*.onnx)</source>
            <translation>ONNX (*.onnx)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Largest difference of a probability {difference}; same class on {share} of the pixels.</source>
            <translation>概率的最大差异为 {difference}；{share} 的像元类别相同。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Make parcels from streets</source>
            <translation>由街道生成地块</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Cuts parcels out of a boundary: each road takes a band as wide as its class, and what is left is shrunk and grown again, so that slivers and necks disappear.

Road widths: metres by class, of the whole roadbed; 0 does not cut. The table starts with the values of OpenStreetMap's key highway. Classes that are not in it get the width of other roads. Roads that a field named tunnel says to be underground do not cut.

Borders between polygons of the boundary are borders of parcels too. Any reference system will do: metres are metres on the ground, and the parcels come in the boundary's own.</source>
            <translation>从边界中切分出地块：每条道路按其类别的宽度占去一条带，其余部分先收缩、再扩张，使碎条和细颈消失。

道路宽度：各类别的宽度，以米计，指整个路幅的宽度；0 表示不切分。表格初始为 OpenStreetMap 的键 highway 的值。表中没有的类别采用其他道路的宽度。名为 tunnel 的字段表明位于地下的道路不参与切分。

边界中多边形之间的边界也是地块的边界。任意坐标参考系均可：米按地面计算，地块采用边界的坐标参考系。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Field with the class of a road (empty: highway or fclass)</source>
            <translation>道路类别字段（留空：highway 或 fclass）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Width (m)</source>
            <translation>宽度（米）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Width of other roads (m)</source>
            <translation>其他道路的宽度（米）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Shrink and grow by (m)</source>
            <translation>收缩扩张距离（米）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Smallest parcel (m²)</source>
            <translation>最小地块 (m²)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Largest parcel (m²; 0: no limit)</source>
            <translation>最大地块（m²；0：不限）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Pieces too narrow or out of range</source>
            <translation>过窄或超出范围的碎块</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>The roads have no field highway or fclass: all are as wide as other roads.</source>
            <translation>道路没有字段 highway 或 fclass：均按其他道路的宽度处理。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>The width of {name} is no number: {width}.</source>
            <translation>{name} 的宽度不是数字：{width}。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Map imagery</source>
            <translation>影像制图</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Maps a raster with a model: overlapping windows, averaged over flips, blended; small patches and holes cleaned up. Gives a class raster with names and colours and, where asked for, confidence, probabilities, polygons, and class shares of parcels. A model that gives numbers (regression, super-resolution) makes a raster of them instead, and nothing else.

Model: an id such as landcover, or the path of a model folder, card or .onnx file.
Bands: numbers of the image's bands in the model's order, such as 1,2,3,4 (0: the image has none). Empty: guessed from the band names.</source>
            <translation>用模型对栅格制图：重叠窗口、翻转平均、融合；清理小图斑和孔洞。生成带名称和颜色的类别栅格，并可按需生成置信度、概率、多边形以及地块的类别占比。给出数值的模型（回归、超分辨率）则只生成数值栅格。

模型：如 landcover 的标识，或模型文件夹、模型卡或 .onnx 文件的路径。
波段：按模型顺序给出影像的波段号，如 1,2,3,4（0：影像没有该波段）。留空：按波段名称猜测。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Map inside polygons</source>
            <translation>仅在多边形内制图</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Map inside extent</source>
            <translation>仅在范围内制图</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Go on with an interrupted run</source>
            <translation>继续中断的运行</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Classes or values</source>
            <translation>类别或数值</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Parcels with class shares</source>
            <translation>带类别占比的地块</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Choose a parcel layer, or leave its output empty.</source>
            <translation>请选择地块图层，或将其输出留空。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>The model gives numbers, not classes: no confidence and no clean-up.</source>
            <translation>模型给出的是数值而不是类别：没有置信度，也不做清理。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Simplify polygons (m)</source>
            <translation>简化多边形（米）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Map many scenes</source>
            <translation>批量影像制图</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Maps all rasters of a folder, of a list or of some layers with one model: a class raster for each scene, and a mosaic of them with colours and class names. Where scenes overlap, the one listed first is on top.

A scene that cannot be mapped is reported and costs the others nothing. Running the same again maps only what is missing, and goes on where an interrupted run stopped.

List: a text file with one raster a line, a VRT mosaic (its files are the scenes) or a STAC ItemCollection (.json).
Dask scheduler: an address such as tcp://host:8786, or the path of a scheduler file. Its workers need the engine, and must see all files under the same paths.</source>
            <translation>用一个模型对文件夹、列表或若干图层中的全部栅格制图：每景一幅类别栅格，并生成带颜色和类别名称的镶嵌图。影像重叠处，排在前面的在上。

无法制图的影像会被报告，不影响其他影像。再次运行同一任务只处理缺少的部分，并从中断处继续。

列表：每行一个栅格的文本文件、VRT 镶嵌（其中的文件即各景）或 STAC ItemCollection（.json）。
Dask 调度器：如 tcp://host:8786 的地址，或调度器文件的路径。其工作进程需要安装引擎，并且必须能以相同路径访问所有文件。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Cut scenes into blocks of megapixels (0: only on Dask)</source>
            <translation>将影像切分为若干百万像元的块（0：仅在 Dask 上）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Mosaic</source>
            <translation>镶嵌图</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Folder of scenes</source>
            <translation>影像文件夹</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Scenes</source>
            <translation>影像</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>List of scenes</source>
            <translation>影像列表</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>STAC asset</source>
            <translation>STAC 资产</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Dask scheduler</source>
            <translation>Dask 调度器</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Replace files of other jobs</source>
            <translation>替换其他任务的文件</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Confidence of each scene</source>
            <translation>每景的置信度</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Load the mosaic</source>
            <translation>加载镶嵌图</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Folder of the maps</source>
            <translation>地图文件夹</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Scenes that are mapped</source>
            <translation>已制图的影像</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Scenes that failed</source>
            <translation>失败的影像</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Choose a folder, layers or a list of scenes.</source>
            <translation>请选择文件夹、图层或影像列表。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>None of the scenes could be mapped.</source>
            <translation>没有一景影像能够制图。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Cancelled. Scenes that were done are kept: the same run goes on with the rest.</source>
            <translation>已取消。已完成的影像会保留：再次运行会继续处理其余部分。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Window (px; 0: the model's)</source>
            <translation>窗口（像素；0：与模型相同）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Overlap (share of the window)</source>
            <translation>重叠（占窗口的比例）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>The mapping is not JSON such as {"park": 3, "lake": 1}.</source>
            <translation>对应关系不是 {"park": 3, "lake": 1} 这样的 JSON。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Smallest patch (m²)</source>
            <translation>最小图斑 (m²)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Largest hole (m²)</source>
            <translation>最大孔洞 (m²)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Device (auto, cpu, cuda, cuda:0,1, all)</source>
            <translation>设备（auto、cpu、cuda、cuda:0,1、all）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Grid of the outputs</source>
            <translation>输出格网</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Bands are numbers with commas between them, such as 1,2,3,4.</source>
            <translation>波段是用逗号分隔的数字，例如 1,2,3,4。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Rooftops through the years</source>
            <translation>历年屋顶</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Maps building rooftops in images of several years, four times as finely as the images are, and writes a raster for each year, one of what changed, and a table of areas in m².

Images: Sentinel-2 reflectance (B2, B3, B4, B8), all with the same pixels.
Years: the year of each image, in the order of the list, such as 2018,2019,2020.
Built-up mask: a raster of the probability of built-up land (0 to 1), such as Dynamic World's. Rooftops stay where it is 0.2 or more.
Check: a rooftop that is there, or is missing, in one year only is voted on by the pixels around it in three years. The first and the last year have one neighbour only and are not checked.</source>
            <translation>从多个年份的影像中制作建筑屋顶图，精细程度为影像的四倍；为每个年份写出一个栅格，另有一个变化栅格和一个以 m² 为单位的面积表。

影像：Sentinel-2 反射率（B2、B3、B4、B8），各年份像元须一致。
年份：各影像的年份，按列表顺序，例如 2018,2019,2020。
建成区掩膜：建成区概率栅格（0 到 1），例如 Dynamic World 的概率。概率不低于 0.2 处保留屋顶。
检查：仅在某一年出现或缺失的屋顶，由其周围像元在三年中的结果投票决定。首末两年只有一个相邻年份，不做检查。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>no rooftop</source>
            <translation>无屋顶</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>rooftop in all years</source>
            <translation>各年均有屋顶</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>new in {year}</source>
            <translation>{year} 年新增</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>lost in {year}</source>
            <translation>{year} 年消失</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>several changes</source>
            <translation>多次变化</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Images</source>
            <translation>影像</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Years</source>
            <translation>年份</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Built-up mask</source>
            <translation>建成区掩膜</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Check each year against its neighbours</source>
            <translation>对照相邻年份检查每个年份</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Replace files that exist</source>
            <translation>替换已有文件</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Load the rasters</source>
            <translation>加载栅格</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Changes of rooftops</source>
            <translation>屋顶变化</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Areas</source>
            <translation>面积表</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Years are numbers with commas between them, such as 2018,2019,2020.</source>
            <translation>年份是用逗号分隔的数字，例如 2018,2019,2020。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Rooftops {year}</source>
            <translation>{year} 年屋顶</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Sample parcels to label</source>
            <translation>抽取待标注地块</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Chooses parcels that are neither too small nor too large, by closeness to the city's centre and by chance. Fields of the parcels can divide the sample among predicted classes, or put the most uncertain parcels first.

Dispersion: the larger, the more parcels far from the centre; at 1 a parcel at the rim is a tenth as likely as one in the centre. Without a centre, the centroid of all parcels is taken.

The result has all attributes, and the rank and score of each parcel.</source>
            <translation>抽取既不过小也不过大的地块，依据其与城市中心的远近以及随机性。可用地块的字段按预测类别分配样本，或优先抽取最不确定的地块。

离散度：越大，远离中心的地块越多；为 1 时，边缘地块被抽中的可能性是中心地块的十分之一。未给出中心时，采用全部地块的质心。

结果包含全部属性，以及每个地块的名次和得分。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Divide among the values of</source>
            <translation>按字段值分配</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Most uncertain first, by</source>
            <translation>最不确定者优先，依据</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Weight of closeness (0 to 1; the rest is chance)</source>
            <translation>邻近程度的权重（0 到 1；其余为随机）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Dispersion</source>
            <translation>离散度</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>How many</source>
            <translation>数量</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Centre of the city</source>
            <translation>城市中心</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>as many of each</source>
            <translation>各组数量相同</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>in proportion to how many there are</source>
            <translation>按各组数量的比例</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>How it is divided</source>
            <translation>分配方式</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Parcels to label</source>
            <translation>待标注地块</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>{value}: {count}</source>
            <translation>{value}：{count}</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>no value</source>
            <translation>无值</translation>
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Summarise parcels</source>
            <translation>汇总地块</translation>
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Gives each parcel the share of every class of a class raster, its dominant class, area and purity. Pixels on a parcel's edge count by the part that lies inside.</source>
            <translation>为每个地块给出分类栅格中各类别的占比、主导类别、面积和纯度。地块边缘的像元按其位于内部的部分计算。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Parcels without a mapped pixel</source>
            <translation>没有制图像元的地块</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Fine-tune a model</source>
            <translation>微调模型</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Teaches a model with reference polygons of your own image and writes it as a new model. A share of the polygons, by place, is kept to measure it; the weights that do best there are the ones that are kept. The log has loss, overall accuracy and mean IoU as they develop, the curves are written as a table.

Cancel ends the training and keeps the best weights so far.

Model: an id such as landcover, or the path of a model's folder or card. Its classes, bands and scaling stay.
Mapping: JSON such as {"park": 3, "lake": 1} from values of the field to class values. Empty: guessed by name. Values without a class are not learnt from.
Folder: its name is the new model's id. A folder in the models folder of your QGIS profile is listed in the dock.</source>
            <translation>用您自己影像上的参考多边形训练模型，并写为新模型。按位置留出一部分多边形用于检验；保留在其上表现最佳的权重。日志中记录损失、总体精度和平均 IoU 的变化，曲线写为表格。

“取消”会结束训练，并保留目前最佳的权重。

模型：如 landcover 的标识，或模型文件夹或模型卡的路径。其类别、波段和数值缩放保持不变。
对应关系：从字段值到类别值的 JSON，例如 {"park": 3, "lake": 1}。留空：按名称推断。没有类别的值不参与学习。
文件夹：其名称即新模型的标识。位于 QGIS 配置文件夹的模型文件夹中的模型会列在面板中。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Share kept for validation</source>
            <translation>留作验证的比例</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Validation polygons of the same image</source>
            <translation>同一影像的验证多边形</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Epochs (0: as the recipe)</source>
            <translation>训练轮数（0：按训练方案）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Time limit (minutes; 0: none)</source>
            <translation>时间上限（分钟；0：不限）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Learning rate (0: as the recipe)</source>
            <translation>学习率（0：按训练方案）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>The folder {folder} holds models. Choose a new folder inside it.</source>
            <translation>文件夹 {folder} 中存放着模型。请在其中选择一个新文件夹。</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Model to start from</source>
            <translation>起始模型</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Name of the new model</source>
            <translation>新模型的名称</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Training tile (px; 0: as the recipe)</source>
            <translation>训练图块（像素；0：按训练方案）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Batch (0: as the recipe)</source>
            <translation>批大小（0：按训练方案）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Device (auto, cpu, cuda, cuda:1)</source>
            <translation>设备（auto、cpu、cuda、cuda:1）</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Folder of the new model</source>
            <translation>新模型的文件夹</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Curves (CSV)</source>
            <translation>曲线 (CSV)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Overall accuracy before</source>
            <translation>之前的总体精度</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Overall accuracy after</source>
            <translation>之后的总体精度</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Choose reference polygons and their class field.</source>
            <translation>请选择参考多边形及其类别字段。</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>On the labelled images: OA {before} before, {after} after; mIoU {iou_before} before, {iou_after} after.</source>
            <translation>在带标注影像上：总体精度之前 {before}，之后 {after}；mIoU 之前 {iou_before}，之后 {iou_after}。</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>Validation: OA {before} before, {after} after; mIoU {iou_before} before, {iou_after} after.</source>
            <translation>验证：总体精度之前 {before}，之后 {after}；mIoU 之前 {iou_before}，之后 {iou_after}。</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>best so far</source>
            <translation>目前最佳</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>Made the model {title} in {time} on {device}, from {tiles} tiles.</source>
            <translation>已生成模型 {title}：用时 {time}，设备 {device}，使用 {tiles} 个图块。</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>step {count}</source>
            <translation>第 {count} 步</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>epoch {number}</source>
            <translation>第 {number} 轮</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>F1: {scores}</source>
            <translation>F1：{scores}</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>Validation: OA {after}, mIoU {iou_after}.</source>
            <translation>验证：总体精度 {after}，mIoU {iou_after}。</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>loss {value}</source>
            <translation>损失 {value}</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine is not installed yet. Open Settings (the gear) and press Install engine.</source>
            <translation>引擎尚未安装。请打开设置（齿轮）并按“安装引擎”。</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine did not start ({reason}). Open Settings (the gear) to check or install it.</source>
            <translation>引擎没有启动（{reason}）。请打开设置（齿轮）检查或安装。</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine stopped unexpectedly ({reason}). Run again: a fresh engine is started.</source>
            <translation>引擎意外停止（{reason}）。请重新运行：将启动新的引擎。</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine did not answer and was stopped. Run again: a fresh engine is started.</source>
            <translation>引擎没有响应，已被停止。请重新运行：将启动新的引擎。</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine speaks version {theirs} of the protocol and the plugin version {ours}. Install the engine again.</source>
            <translation>引擎的协议版本为 {theirs}，插件为 {ours}。请重新安装引擎。</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine was shut down.</source>
            <translation>引擎已关闭。</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The request cannot be used: {reason}.</source>
            <translation>请求无法使用：{reason}。</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>water</source>
            <translation>水体</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>tree</source>
            <translation>树木</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>grass</source>
            <translation>草地</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>farmland</source>
            <translation>农田</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>impervious</source>
            <translation>不透水面</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>rooftop</source>
            <translation>屋顶</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>other</source>
            <translation>其他</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Residential</source>
            <translation>居住用地</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Commercial and service facilities</source>
            <translation>商业服务业设施用地</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Public management and public service facilities</source>
            <translation>公共管理与公共服务设施用地</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Industrial</source>
            <translation>工业用地</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Agricultural and natural</source>
            <translation>农业与自然用地</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>blue</source>
            <translation>蓝</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>green</source>
            <translation>绿</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>red</source>
            <translation>红</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>near infrared</source>
            <translation>近红外</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>clean-up</source>
            <translation>清理</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{low} to {high}, mean {mean}</source>
            <translation>{low} 至 {high}，平均 {mean}</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{count} h</source>
            <translation>{count} 小时</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} Mpx/s</source>
            <translation>{number} Mpx/s</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} m²</source>
            <translation>{number} m²</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} MB</source>
            <translation>{number} MB</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{count} s</source>
            <translation>{count} 秒</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{count} min</source>
            <translation>{count} 分钟</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} km²</source>
            <translation>{number} km²</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} ha</source>
            <translation>{number} 公顷</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} GB</source>
            <translation>{number} GB</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>GPU {name}</source>
            <translation>GPU {name}</translation>
        </message>
    </context>
</TS>
